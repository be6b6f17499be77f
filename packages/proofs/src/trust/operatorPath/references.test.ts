import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGES } from './atRunTime';
import { referencesOf } from './references';

let folder: string;
beforeEach(() => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-references-'));
  folder = join(directory, 'packages', 'operator-credentials');
  cpSync(join(PACKAGES, 'operator-credentials'), folder, {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
});
afterEach(() => {
  rmSync(join(folder, '..', '..'), { recursive: true, force: true });
});

const references = () =>
  referencesOf(
    folder,
    ['vault', 'service', 'event-store', 'vendors', 'keyturn'].map((name) => join(PACKAGES, name)),
  ).violations;

test('the package as it is has none', () => {
  expect(references()).toEqual([]);
});

test.each([
  ['an import', 'src/more.ts', "import '@keyturn/vault';", /names the module @keyturn\/vault/],
  ['an import of a type', 'src/more.ts', "import type {} from '@keyturn/service';", /names the module/],
  ['an import on the way', 'src/more.ts', "export const x = import('left-pad');", /leads nowhere/],
  ['a built require', 'dist/more.js', "require('../../vault/dist/index.js');", /names the module/],
  [
    'a name in a built file',
    'dist/more.d.ts',
    '/** As @keyturn/event-store does. */',
    /the name of @keyturn\/event-store/,
  ],
  ['the name of the door', 'dist/more.js.map', '{"s":["import \\"keyturn\\""]}', /the name of keyturn/],
  [
    'a file beside the package',
    'src/more.ts',
    "export * from '../../shared/index';",
    /leads out of the package/,
  ],
])('the check finds %s', (_, path, text, seen) => {
  mkdirSync(join(folder, '..', 'shared'));
  writeFileSync(join(folder, '..', 'shared', 'index.ts'), 'export const shared = 1;');
  writeFileSync(join(folder, path), text);
  expect(references().join('\n')).toMatch(seen);
});

test('the check finds a dependency, and what the sources compile with', () => {
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'x', optionalDependencies: { '@keyturn/vault': '*' } }),
  );
  mkdirSync(join(folder, 'node_modules', 'beside'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'beside', 'index.d.ts'), 'export declare const beside: 1;');
  writeFileSync(join(folder, 'src', 'index.ts'), "export * from 'beside';");
  expect(references()).toEqual(
    expect.arrayContaining([
      'package.json has optionalDependencies',
      expect.stringMatching(/^its sources compile with node_modules/),
    ]),
  );
});
