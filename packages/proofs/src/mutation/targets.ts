import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose tests are put to the test. */
interface Target {
  readonly name: string;
  /** Beginnings of paths of sources that are not mutated, and why. */
  readonly unmutated: ReadonlyArray<readonly [path: string, why: string]>;
  /** Beginnings of paths of tests that are not run for mutants, and why. */
  readonly unrun: ReadonlyArray<readonly [path: string, why: string]>;
  /** Ends of names of single tests that are not run for mutants, and why. */
  readonly unrunTests: ReadonlyArray<readonly [name: string, why: string]>;
  /** Names of tests, their paths included, that take too long to be run for mutants of anything but these sources. */
  readonly longTests: ReadonlyArray<readonly [tests: RegExp, sources: RegExp]>;
}

export const TARGETS: ReadonlyArray<Target> = [
  {
    name: 'domain',
    unmutated: [['invariants/', 'judges histories for the tests of the packages above']],
    unrun: [],
    unrunTests: [
      ['of a big keyring stays well under what a store appends at once', 'decides 14,000 commands'],
      [
        'the longest appends stay under what every store takes, with the longest ids there may be',
        'builds megabytes',
      ],
      [
        'what looks like a secret › any text gives an answer',
        'searches long texts, and only asks for an answer',
      ],
    ],
    longTests: [],
  },
  {
    name: 'vault',
    unmutated: [],
    unrun: [
      ['processes.test.ts', 'starts processes, which run the sources without mutants'],
      ['rotation/interrupted.property.test.ts', 'rotates a hundred vaults'],
      ['rotation/processes.test.ts', 'starts processes, which run the sources without mutants'],
    ],
    unrunTests: [
      ['costs 256 MiB, 3 passes, 1 lane unless said otherwise', 'costs 256 MiB'],
      ['works through more rows than a page has', 'seals hundreds of secrets'],
    ],
    longTests: [
      // The tests of sealing and releasing have to show what those do without any rotation.
      [
        /^rotation\//,
        /^(rotation|sqlite|postgres[/](rotat|deployment|workspaceKeys)|storedRows|deployment|masterKey|presentKeys|heldKeys|rereading|openVault)/,
      ],
      [
        /^rereading\.test\.ts/,
        /^(rotation|sqlite|postgres[/](sealedRows|deployment|workspaceKeys)|rereading|heldKeys|presentKeys|seal|unseal)/,
      ],
      // The same tests as on SQLite, with a server that has to be started for each mutant.
      [/ › on PostgreSQL › /, /^(postgres|backendAt|place)/],
      [
        /^postgres\/(interrupted|shred\.property)\.test\.ts/,
        /^postgres\/(shred|erase|rewrite|writeAheadLog|oldTransactions|strayFiles|uncovered|statistics)/,
      ],
    ],
  },
];

const sourcesOf = (name: string): string => `packages/${name}/src`;

const startsWithOneOf = (file: string, places: Target['unrun']): boolean =>
  places.some(([place]) => file.startsWith(place));

const filesOf = (root: string, name: string): ReadonlyArray<string> =>
  readdirSync(join(root, sourcesOf(name)), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();

const targetOf = (name: unknown): Target => {
  const found = TARGETS.find((target) => target.name === name);
  if (found === undefined) throw new Error(`there is no target ${String(name)}`);
  return found;
};

/** The tests that mutants of this package are run against: examples before properties, which take longer. */
export const testFilesOf = (name: unknown, root: string): ReadonlyArray<string> => {
  const target = targetOf(name);
  const tests = filesOf(root, target.name)
    .filter((file) => file.endsWith('.test.ts') && !startsWithOneOf(file, target.unrun))
    .map((file) => `${sourcesOf(target.name)}/${file}`);
  const isProperty = (file: string): boolean => file.endsWith('.property.test.ts');
  return [...tests.filter((file) => !isProperty(file)), ...tests.filter(isProperty)];
};

/** Whether a test is run for mutants. */
export const isRun = (name: unknown, test: string): boolean =>
  !targetOf(name).unrunTests.some(([end]) => test.endsWith(end));

/** Whether this test is run for mutants of that file. The file's path, with which the test's name begins, is from the root. */
export const isRunFor = (name: unknown, test: string, mutatedFile: string): boolean => {
  const target = targetOf(name);
  const within = (path: string): string => path.slice(sourcesOf(target.name).length + 1);
  return target.longTests.every(
    ([tests, sources]) => !tests.test(within(test)) || sources.test(within(mutatedFile)),
  );
};

export const mutatedFilesOf = (name: unknown, root: string): ReadonlyArray<string> => {
  const target = targetOf(name);
  return filesOf(root, target.name)
    .filter((file) => !/[.]test[.]ts$|(^|[/])testSupport[/]|(^|[/])index[.]ts$/.test(file))
    .filter((file) => !startsWithOneOf(file, target.unmutated))
    .map((file) => `${sourcesOf(target.name)}/${file}`);
};
