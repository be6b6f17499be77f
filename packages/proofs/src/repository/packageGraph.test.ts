import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { arrowsAgainst, packagesInCycles, type Manifest } from './packageGraph';

const REPOSITORY = resolve(__dirname, '../../../..');

const decoded = <A>(codec: t.Decoder<unknown, A>, value: unknown): A => {
  const result = codec.decode(value);
  if (E.isLeft(result)) throw new Error('It has another shape.');
  return result.right;
};

const Names = t.record(t.string, t.array(t.string));
const floors = decoded(
  t.type({ IMPORTS: Names, TEST_IMPORTS: Names }),
  createRequire(__filename)(join(REPOSITORY, 'scripts', 'floors.cjs')),
);

const Dependencies = t.record(t.string, t.string);
const PackageJson = t.intersection([
  t.type({ name: t.string }),
  t.partial({
    dependencies: Dependencies,
    devDependencies: Dependencies,
    optionalDependencies: Dependencies,
    peerDependencies: Dependencies,
  }),
]);

const OWN = '@keyturn/';
const bare = (name: string): string => (name.startsWith(OWN) ? name.slice(OWN.length) : name);
const within = (dependencies: Readonly<Record<string, string>>): ReadonlyArray<string> =>
  Object.entries(dependencies)
    .filter(([name, range]) => name.startsWith(OWN) || range.startsWith('workspace:'))
    .map(([name]) => bare(name));

const manifestIn = (folder: string): Manifest => {
  const json = decoded(PackageJson, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = json;
  return {
    name: bare(json.name),
    dependencies: within({ ...dependencies, ...optionalDependencies, ...peerDependencies }),
    devDependencies: within({ ...devDependencies }),
  };
};

const PACKAGES = join(REPOSITORY, 'packages');
const manifests = readdirSync(PACKAGES)
  .map((name) => join(PACKAGES, name))
  .filter((folder) => existsSync(join(folder, 'package.json')))
  .map(manifestIn);

const made = (name: string, dependencies: string[], devDependencies: string[] = []): Manifest => ({
  name,
  dependencies,
  devDependencies,
});

const against = (...given: ReadonlyArray<Manifest>): ReadonlyArray<string> =>
  arrowsAgainst(given, floors.IMPORTS, floors.TEST_IMPORTS);

describe('the packages', () => {
  test('depend on nothing above them, nor on neighbours that they are not to know, for their tests neither', () => {
    expect(manifests.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['domain', 'testbed', 'proofs']),
    );
    expect(against(...manifests)).toEqual([]);
  });

  test('are in no cycle, dependencies of tests included', () => {
    expect(packagesInCycles(manifests)).toEqual([]);
  });
});

describe('what is found', () => {
  test.each([
    [made('vault', ['service']), 'vault → service'],
    [made('service', [], ['proofs']), 'service → proofs (dev)'],
    [made('event-store-eventstoredb', [], ['vault']), 'event-store-eventstoredb → vault (dev)'],
    [made('service', ['event-store-sqlite']), 'service → event-store-sqlite'],
    [made('vault', ['testbed']), 'vault → testbed'],
    [made('testbed', [], ['domain']), 'testbed → domain (dev)'],
    [made('operator-credentials', [], ['testbed']), 'operator-credentials → testbed (dev)'],
    [made('cli', [], ['operator-credentials']), 'cli → operator-credentials (dev)'],
    [made('newcomer', ['domain']), 'newcomer → domain'],
  ])('%j', (manifest, arrow) => {
    expect(against(manifest)).toEqual([arrow]);
  });

  test('a cycle that only a dependency of tests closes, and not who leads into it', () => {
    const cycle = [made('a', ['b']), made('b', ['c']), made('c', [], ['b']), made('d', ['a'])];
    expect(packagesInCycles(cycle)).toEqual(['b', 'c']);
  });

  test('not what the floors allow', () => {
    expect(
      against(
        made('vault', [], ['testbed', 'event-store']),
        made('service', ['domain', 'vault'], ['event-store-sqlite', 'testbed']),
        made('proofs', ['operator-credentials', 'cli', 'testbed']),
      ),
    ).toEqual([]);
  });
});
