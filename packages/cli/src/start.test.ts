import { readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KEYTURN, runProgram } from './testSupport/keyturnProcess';
import { openWorkshop, type Workshop } from './testSupport/workshop';

// How quick the command is depends on how much it loads, and that can be counted. Times are measured by
// `pnpm bench --scale start`.

const BUNDLE = join(KEYTURN, '..', '..', 'bundle') + sep;

/** Writes down, when the process ends, which files it has loaded. */
const TELL_LOADED = `
  const { writeFileSync } = require('node:fs');
  process.on('exit', () => writeFileSync(__filename + '.loaded', Object.keys(require.cache).join('\\n')));
`;

const DRIVER = ['better-sqlite3', 'bindings', 'file-uri-to-path'];

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.add('acme');
  // Brings the read models up to the key: the next list only looks.
  await shop.run(['keys', 'list', '--workspace', 'acme']);
});
afterAll(() => shop.close());

/** Of each file of the bundle, the sources that are in it. */
const sourcesIn = (file: string): ReadonlyArray<string> =>
  [...readFileSync(file, 'utf8').matchAll(/^\/\/(?:#region)? ?((?:packages|node_modules)\/.+)$/gm)].flatMap(
    ([, source = '']) => source.replace(/.*node_modules\//, 'node_modules/'),
  );

/** What a command loads: files, the sources in them, and other packages, which were not bundled. */
const loadedBy = async (words: ReadonlyArray<string>) => {
  const teller = join(shop.directory, 'tellLoaded.js');
  writeFileSync(teller, TELL_LOADED);
  const { status, stderr } = await runProgram(process.execPath, ['--require', teller, KEYTURN, ...words], {
    env: shop.env,
    cwd: shop.directory,
  });
  if (status !== 0) throw new Error(stderr);
  const files = readFileSync(`${teller}.loaded`, 'utf8').split('\n');
  const loaded = files.filter((file) => file !== teller && file !== KEYTURN);
  return {
    files: loaded.length,
    sources: loaded.filter((file) => file.startsWith(BUNDLE)).flatMap(sourcesIn),
    others: loaded
      .filter((file) => !file.startsWith(BUNDLE))
      .map((file) => file.replace(/.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+).*/, '$1')),
  };
};

describe('SC-10: the command loads what its words need, in few files', () => {
  test.each(['--help', 'keys --help', '--version'])('%s: itself alone', async (words) => {
    const { files, sources, others } = await loadedBy(words.split(' '));
    expect(sources).toContain('packages/cli/src/main.ts');
    expect(sources.filter((source) => !/^(packages\/cli|node_modules\/commander)\//.test(source))).toEqual(
      [],
    );
    expect(sources.filter((source) => /\/(commands|completion\/(?!tree)|exec)\//.test(source))).toEqual([]);
    expect(others).toEqual([]);
    expect(files).toBeLessThanOrEqual(16);
  });

  test('keys list: what reads a key list', async () => {
    const { files, sources, others } = await loadedBy(['keys', 'list', '--workspace', 'acme']);
    expect(sources).toContain('packages/projections/src/keyList/keyListQueries.ts');
    const notNeeded = new RegExp(
      [
        '^node_modules/(kysely|cli-table3|@colors)/',
        '^packages/domain/src/(codecs|decide|evolve|snapshot)/',
        '^packages/service/src/(history|keyring|log/|sweep/|verify/)',
        '^packages/(event-store-eventstoredb|vault|vendors)/',
      ].join('|'),
    );
    expect(sources.filter((source) => notNeeded.test(source))).toEqual([]);
    expect(others.filter((name) => !DRIVER.includes(name))).toEqual([]);
    expect(files).toBeLessThanOrEqual(100);
  });

  test('audit list: the query builder, and no table of a vendor', async () => {
    const { files, sources, others } = await loadedBy(['audit', 'list', '--workspace', 'acme']);
    expect(sources).toContain('packages/projections/src/auditLog/auditQueries.ts');
    const notNeeded = new RegExp(
      [
        '^node_modules/(cli-table3|@colors)/',
        '^packages/domain/src/(decide|evolve|snapshot)/',
        '^packages/service/src/(history|keyring|log/|sweep/|verify/)',
        '^packages/(event-store-eventstoredb|vault|vendors)/',
      ].join('|'),
    );
    expect(sources.filter((source) => notNeeded.test(source))).toEqual([]);
    expect(others.filter((name) => !DRIVER.includes(name))).toEqual([]);
    expect(files).toBeLessThanOrEqual(130);
  });

  test('completion bash: the commands, and nothing that they would do', async () => {
    const { sources, others } = await loadedBy(['completion', 'bash']);
    expect(sources).toContain('packages/cli/src/commands/keysAdd.ts');
    const parts = /^packages\/(event-store|event-store-\w+|http|projections|service|sqlite|vault|vendors)\//;
    expect(sources.filter((source) => parts.test(source))).toEqual([]);
    expect(others).toEqual([]);
  });
});
