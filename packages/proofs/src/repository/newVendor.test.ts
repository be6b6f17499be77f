import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type * as Vendors from '@keyturn/vendors';

// Whoever adds a vendor writes its folder, and nothing else: a script makes all other files that change. It is tried on
// a copy, with the folder of a vendor that is there under the name of one that is not.

const REPOSITORY = resolve(__dirname, '../../../..');
const FOLDERS = 'packages/vendors/src/vendors';

/** The sources, and what the script reads or writes beside them. */
const COPIED = [
  '.prettierrc.json',
  'docs/vendors.md',
  'packages/projections/src/auditLog/vendorNames.ts',
  'packages/vendors/package.json',
  'packages/vendors/src',
];

const makeCopy = (place: string): void => {
  for (const name of COPIED) cpSync(join(REPOSITORY, name), join(place, name), { recursive: true });
  const modules = 'packages/vendors/node_modules';
  symlinkSync(join(REPOSITORY, modules), join(place, modules));
};

const run = (place: string, ...words: ReadonlyArray<string>): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: place, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${String(status)}:\n${stdout}${stderr}`);
  return stdout;
};

/** As `tsc --build` does, without a look at the types: that takes a minute. */
const build = (place: string): void => {
  const directory = join(place, 'packages/vendors');
  buildSync({
    absWorkingDir: directory,
    entryPoints: ['src/**/*.ts'],
    outdir: 'dist',
    format: 'cjs',
    platform: 'node',
    logLevel: 'error',
  });
};

const vendorsScript = (place: string, ...words: ReadonlyArray<string>): string =>
  run(place, join(REPOSITORY, 'scripts/vendors.mjs'), ...words);

/** Every file that is kept in the repository, with what it holds. */
const filesOf = (place: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(place, join(entry.parentPath, entry.name)))
      .filter((file) => !/(^|\/)(node_modules|dist)\/|\.tsbuildinfo$/.test(file))
      .map((file) => [file, readFileSync(join(place, file), 'utf8')]),
  );

const addVendor = (place: string): void => {
  const folder = join(place, FOLDERS, 'acme-ai');
  cpSync(join(place, FOLDERS, 'groq'), folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text
        .replaceAll('Groq', 'Acme AI')
        .replace(/groq(?=')/g, 'acme-ai')
        .replaceAll('groq', 'acme')
        .replaceAll('gsk_', 'acme_'),
    );
  }
};

test('a vendor is added by its folder alone: what else changes is made by the script', () => {
  const place = mkdtempSync(join(tmpdir(), 'keyturn-new-vendor-'));
  try {
    makeCopy(place);
    build(place);
    const before = filesOf(place);

    addVendor(place);
    vendorsScript(place, '--write');
    build(place);
    vendorsScript(place, '--write');

    const after = filesOf(place);
    expect([...before.keys()].filter((file) => !after.has(file))).toEqual([]);
    expect([...after.keys()].filter((file) => after.get(file) !== before.get(file)).sort()).toEqual([
      'docs/vendors.md',
      'packages/projections/src/auditLog/vendorNames.ts',
      `${FOLDERS}/acme-ai/answers.ts`,
      `${FOLDERS}/acme-ai/sandbox.ts`,
      `${FOLDERS}/acme-ai/table.ts`,
      `${FOLDERS}/sandboxes.ts`,
      `${FOLDERS}/tables.ts`,
    ]);

    const load = createRequire(__filename);
    const { knownVendors } = load(join(place, 'packages/vendors/dist/index.js')) as typeof Vendors;
    expect(knownVendors().displayName('acme-ai')).toBe('Acme AI');
    expect(
      knownVendors()
        .keyForms('openai')
        .sightings(`acme_${'a'.repeat(52)}`),
    ).toMatchObject([{ at: 0, owner: 'acme-ai' }]);
    expect(after.get('docs/vendors.md')).toContain('### Acme AI (`acme-ai`)');
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
