import { isReported, recall, type KeyEntry, type Keyring } from '@keyturn/domain';
import { fingerprintOf, projectIdOf, runIdOf, vendorOf } from '../keyring/pool';
import type { CaseLedger } from '../keyring/caseLedger';
import type { Bounds } from './bounds';
import { leakText } from './leakText';

/** One way to rename what differs in name alone: entry n is what the n-th is called instead. */
interface Renaming {
  readonly vendors: ReadonlyArray<number>;
  readonly secrets: ReadonlyArray<number>;
  readonly projects: ReadonlyArray<number>;
  readonly runs: ReadonlyArray<number>;
}

/** A state, and what a ledger of the way there has. */
interface Known {
  readonly keyring: Keyring;
  readonly ledger: CaseLedger;
}

const permutations = (count: number): ReadonlyArray<ReadonlyArray<number>> => {
  if (count === 0) return [[]];
  return permutations(count - 1).flatMap((shorter) =>
    Array.from({ length: count }, (_, at) => [...shorter.slice(0, at), count - 1, ...shorter.slice(at)]),
  );
};

/** Every renaming of vendors, secrets, projects and runs. Keys need none: they are sorted. */
export const renamings = (bounds: Bounds): ReadonlyArray<Renaming> =>
  permutations(bounds.vendors).flatMap((vendors) =>
    permutations(bounds.secrets).flatMap((secrets) =>
      permutations(bounds.projects).flatMap((projects) =>
        permutations(bounds.runs).map((runs) => ({ vendors, secrets, projects, runs })),
      ),
    ),
  );

const STATUS: { readonly [S in KeyEntry['status']]: string } = {
  pending: 'p',
  active: 'a',
  failed: 'f',
  retired: 'r',
  'hard-deleted': 'd',
};

interface Names {
  /** Which key was Default before is asked where projects follow the Default alone. */
  readonly closing: boolean;
  /** Which key was reported is asked where a report is withdrawn alone; else its secret tells all. */
  readonly leaks: boolean;
  /** What was done of a leak is asked where cases are worked on alone. */
  readonly cases: boolean;
  readonly vendors: ReadonlyMap<string, number>;
  readonly secrets: ReadonlyMap<string, number>;
  readonly projects: ReadonlyArray<ReturnType<typeof projectIdOf>>;
  readonly runs: ReadonlyArray<ReturnType<typeof runIdOf>>;
}

/** What is the n-th of each, looked up once. */
export const namesOf = (bounds: Bounds): Names => {
  const count = (n: number) => Array.from({ length: n }, (_, i) => i);
  return {
    closing: bounds.closing === true,
    leaks: bounds.leaks === true,
    cases: bounds.cases === true,
    vendors: new Map(count(bounds.vendors).map((n) => [vendorOf(n), n])),
    secrets: new Map(count(bounds.secrets).map((n) => [fingerprintOf(n), n])),
    projects: count(bounds.projects).map(projectIdOf),
    runs: count(bounds.runs).map(runIdOf),
  };
};

/**
 * All that any rule asks of one key, pins and Defaults included, under names that keys share. Left out is what no rule
 * ever looks at: that it was Default, why it failed, what its runs asked for; and the vendor of a key that is gone,
 * which a kill check alone asks for.
 */
const keyText = ({ keyring, ledger }: Known, key: KeyEntry, names: Names, to: Renaming): string => {
  const gone = key.status === 'hard-deleted';
  let text = STATUS[key.status];
  text += gone && !names.cases ? '-' : String(to.vendors[names.vendors.get(key.vendor) ?? 0]);
  text += String(to.secrets[names.secrets.get(key.fingerprint) ?? 0]);
  text += key.rejectionUnconfirmed ? 'u' : '-';
  text += key.destroyed ? 'x' : '-';
  text += key.suspended ? 'S' : '-';
  text += names.leaks ? reportOf(keyring, key) : '';
  text += names.cases ? leakText(keyring, key, ledger.get(key.keyId)) : '';
  text += keyring.workspaceDefault === key.keyId ? 'D' : '-';
  text += names.closing && keyring.previousDefault === key.keyId && !gone ? 'Q' : '-';
  const projects = names.projects.map((id) => (keyring.projectDefaults.get(id) === key.keyId ? 'P' : '-'));
  const pins = names.runs.map((id) => (keyring.openPins.get(id)?.keyId === key.keyId ? 'R' : '-'));
  return text + inOrder(projects, to.projects) + inOrder(pins, to.runs);
};

/** What of its report a later command is decided by: whether it is reported, and whether that was taken back. */
const reportOf = ({ leaks }: Keyring, { keyId }: KeyEntry): string => {
  const leak = leaks.get(keyId);
  if (leak === undefined || leak.cases.length === 0) return '-';
  return isReported(leak) ? 'B' : 'W';
};

/** The n-th text goes to the place that its new name has. */
const inOrder = (texts: ReadonlyArray<string>, names: ReadonlyArray<number>): string => {
  const placed: string[] = [];
  texts.forEach((text, n) => {
    placed[names[n] ?? n] = text;
  });
  return placed.join(',');
};

const textUnder = (known: Known, names: Names, to: Renaming): string => {
  const { keyring } = known;
  const keys = [...keyring.keys.values()].map((key) => keyText(known, key, names, to)).sort();
  const leaked = [...names.secrets].map(([fingerprint]) =>
    keyring.leakedFingerprints.has(fingerprint) ? 'L' : '-',
  );
  const ended = names.runs.map((id) => (recall(keyring.endedRuns, id) === undefined ? '-' : 'E'));
  return `${keys.join('|')}/${inOrder(leaked, to.secrets)}/${inOrder(ended, to.runs)}/${keyring.abandonedKeyIds.size}${
    keyring.closed === null ? '' : 'C'
  }`;
};

/**
 * A text that two states share just when one is the other under different names: keys, vendors, secrets, projects and
 * runs differ in name alone. Revisions, times and remembered commands are no part of it.
 */
export const canonical = (known: Known, names: Names, all: ReadonlyArray<Renaming>): string => {
  let least = '';
  for (const renaming of all) {
    const text = textUnder(known, names, renaming);
    if (least === '' || text < least) least = text;
  }
  return least;
};
