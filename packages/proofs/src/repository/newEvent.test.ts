import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

// An event that is added and forgotten somewhere must not compile: the compiler itself is asked, on a copy of the
// sources to which an event was added and nothing else.

const REPOSITORY = resolve(__dirname, '../../../..');
const COPIED = ['domain', 'projections'];

/** Every room that has to know an event, by the file that says what it does with each. */
const ROOMS = [
  'domain/src/codecs/eventCodec.ts',
  'domain/src/evolve/folds.ts',
  'domain/src/words/auditFacts.ts',
  'domain/src/words/englishAudit.ts',
  'projections/src/auditLog/auditWords.ts',
  'projections/src/keyList/keyChanges.ts',
  'projections/src/keyList/vendorCallRows.ts',
  'projections/src/runUsage/runChanges.ts',
];

const isSource = (path: string): boolean => basename(path) !== 'testSupport' && !path.endsWith('.test.ts');

const makeCopy = (place: string): void => {
  for (const name of COPIED) {
    const [from, to] = [join(REPOSITORY, 'packages', name), join(place, name)];
    mkdirSync(to);
    cpSync(join(from, 'src'), join(to, 'src'), { recursive: true, filter: isSource });
    symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(place, 'node_modules'));
  writeFileSync(
    join(place, 'tsconfig.json'),
    JSON.stringify({
      extends: join(REPOSITORY, 'tsconfig.check.json'),
      compilerOptions: {
        baseUrl: '.',
        paths: {
          ...Object.fromEntries(COPIED.map((name) => [`@keyturn/${name}`, [`./${name}/src/index.ts`]])),
          '@keyturn/*': [join(REPOSITORY, 'packages/*/src/index.ts')],
        },
      },
      include: COPIED.map((name) => `./${name}/src/index.ts`),
    }),
  );
};

/** The files of the copy that the compiler complains of. */
const filesWithErrors = (place: string): ReadonlyArray<string> => {
  const tsc = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', place, '--pretty', 'false'], {
    cwd: place,
    encoding: 'utf8',
  });
  const files = [...stdout.matchAll(/^(\S.*?)\(\d+,\d+\): error/gm)].map(([, file = '']) => file);
  return [...new Set(files)].sort();
};

const withCopy = (check: (place: string) => void): void => {
  const place = mkdtempSync(join(tmpdir(), 'keyturn-new-event-'));
  try {
    makeCopy(place);
    check(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
};

test('a new event does not compile until every room says what it does with it', () => {
  withCopy((place) => {
    const events = join(place, 'domain/src/events.ts');
    const before = readFileSync(events, 'utf8');
    const after = before.replace(
      'export const payloads = {',
      'export const payloads = {\n  KeyPraised: t.type({ keyId: KeyId }),',
    );
    expect(after).not.toBe(before);
    writeFileSync(events, after);
    expect(filesWithErrors(place)).toEqual(ROOMS);
  });
});
