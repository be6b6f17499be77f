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
  const before = new Set(process.moduleLoadList);
  process.on('exit', () => {
    const ofNode = process.moduleLoadList.filter((name) => !before.has(name) && /^NativeModule \\w/.test(name));
    const all = [...Object.keys(require.cache), ...ofNode.map((name) => name.replace('NativeModule ', 'node:'))];
    writeFileSync(__filename + '.loaded', all.join('\\n'));
  });
`;

/** Modules of Node that take long to load, and that no list needs. */
const LATE = ['net', 'tty', 'child_process', 'fs/promises', 'readline', 'timers/promises'].map(
  (name) => `node:${name}`,
);

const DRIVER = ['better-sqlite3'];

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

/** What a command loads: files, the sources in them, other packages, which were not bundled, and modules of Node. */
const loadedBy = async (words: ReadonlyArray<string>) => {
  const teller = join(shop.directory, 'tellLoaded.js');
  writeFileSync(teller, TELL_LOADED);
  const { status, stderr } = await runProgram(process.execPath, ['--require', teller, KEYTURN, ...words], {
    env: shop.env,
    cwd: shop.directory,
  });
  if (status !== 0) throw new Error(stderr);
  const files = readFileSync(`${teller}.loaded`, 'utf8').split('\n');
  const ofNode = files.filter((file) => file.startsWith('node:'));
  const loaded = files.filter((file) => ![teller, KEYTURN, ...ofNode].includes(file));
  return {
    ofNode,
    files: loaded.length,
    sources: loaded.filter((file) => file.startsWith(BUNDLE)).flatMap(sourcesIn),
    others: loaded
      .filter((file) => !file.startsWith(BUNDLE))
      .map((file) => file.replace(/.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+).*/, '$1')),
  };
};

describe('SC-10: the command loads what its words need, in few files', () => {
  test.each(['--help', 'keys --help', '--version'])('%s: itself alone', async (words) => {
    const { files, sources, others, ofNode } = await loadedBy(words.split(' '));
    expect(sources).toContain('packages/cli/src/main.ts');
    expect(sources.filter((source) => !/^(packages\/cli|node_modules\/commander)\//.test(source))).toEqual(
      [],
    );
    expect(sources.filter((source) => /\/(commands|completion\/(?!tree)|exec)\//.test(source))).toEqual([]);
    expect(others).toEqual([]);
    // No stream, not even for what is written. Where Node keeps compiled code, from 22 on, it is asked for that.
    const forCompiledCode = ['node:module', 'node:internal/source_map/source_map'];
    const known = ['node:os', 'node:process', 'node:internal/process/report', ...forCompiledCode];
    expect(ofNode.filter((name) => !known.includes(name))).toEqual([]);
    expect(files).toBeLessThanOrEqual(4);
  });

  test('keys list: what reads a key list', async () => {
    const { files, sources, others, ofNode } = await loadedBy(['keys', 'list', '--workspace', 'acme']);
    expect(sources).toContain('packages/projections/src/keyList/keyListQueries.ts');
    const notNeeded = new RegExp(
      [
        '^node_modules/(kysely|cli-table3|@colors)/',
        '^packages/domain/src/(codecs/(?!primitives)|decide|evolve|snapshot)/',
        '^packages/service/src/(history|keyring|log/|sweep/|verify/)',
        '^packages/(event-store-eventstoredb|vault|vendors)/',
      ].join('|'),
    );
    expect(sources.filter((source) => notNeeded.test(source))).toEqual([]);
    expect(others.filter((name) => !DRIVER.includes(name))).toEqual([]);
    expect(ofNode.filter((name) => LATE.includes(name))).toEqual([]);
    expect(files).toBeLessThanOrEqual(14);
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
    expect(files).toBeLessThanOrEqual(26);
  });

  test('completion bash: what was made of the commands, and none of them', async () => {
    const { files, sources, others } = await loadedBy(['completion', 'bash']);
    const commands = sources.filter((source) => source.startsWith('packages/cli/src/commands/'));
    expect(commands).toEqual(['packages/cli/src/commands/completion.ts']);
    const parts = /^packages\/(event-store|event-store-\w+|http|projections|service|sqlite|vault|vendors)\//;
    expect(sources.filter((source) => parts.test(source))).toEqual([]);
    expect(others).toEqual([]);
    expect(files).toBeLessThanOrEqual(7);
  });
});
