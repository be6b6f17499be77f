import fc from 'fast-check';
import type { Budget, FaultyPart, Figures, Findings, TrustCheck } from '../check';
import { needingPostgres } from '../needingPostgres';
import { FAULTY_PARTS, type FaultyParts } from './faultyParts';
import { play, type Counts } from './play';
import { openSite, type Sabotage } from './site';
import { scripts } from './steps';
import { POSTGRES } from './tables/postgresTables';
import { SQLITE } from './tables/sqliteTables';
import type { VaultHomes } from './tables/vaultTables';

/** Scripts of one round, which has a new vault and event store: what a round made is gone with it. */
const SCRIPTS = 6;

/** A round ends after this many milliseconds at the latest, and with it the search for a smaller counterexample. */
const ROUND_MS = 30_000;

const figuresOf = (counts: Counts): Figures => ({
  cases: counts.cases,
  releases: counts.releases,
  refusals: counts.refusals,
  faults: counts.faults,
  'sealed things read': counts.rowsRead,
  'rows opened': counts.rowsOpened,
  'other rows opened': counts.otherRowsOpened,
  'vendor calls': counts.vendorCalls,
  'operator credentials read': counts.credentialsRead,
});

const sentence = (error: unknown): string =>
  error instanceof Error
    ? `${error.name === 'Violation' ? '' : `${error.name}: `}${error.message}`
    : 'something that is no error was thrown';

/** So many rounds are played, if need be, for something to be released: on a slow machine one is soon over. */
const ROUNDS_WITHOUT_RELEASE = 4;

interface CheckOptions extends Sabotage {
  readonly homes: VaultHomes;
  /** Whether to look for the smallest counterexample; so it does when left out. */
  readonly shrink?: boolean;
}

/** One round: gives the violation that it found, with what repeats it, or null. */
const round = async (
  seed: number,
  counts: Counts,
  { homes, shrink = true, ...sabotage }: CheckOptions,
): Promise<string | null> => {
  const site = await openSite(homes, sabotage);
  let played = 0;
  try {
    const details = await fc.check(
      fc.asyncProperty(scripts, async (script) => {
        played += 1;
        await play(site, script, `s${played}`, counts);
      }),
      { seed, numRuns: SCRIPTS, interruptAfterTimeLimit: ROUND_MS, endOnFailure: !shrink },
    );
    if (!details.failed) return null;
    return `${sentence(details.errorInstance)} (seed ${details.seed}, path ${details.counterexamplePath ?? 'none'})`;
  } finally {
    await site.close();
  }
};

/** Runs the check on the product as it is, or with faulty parts. */
const runWith =
  (options: CheckOptions): TrustCheck['run'] =>
  async ({ until, seed, progress }: Budget): Promise<Findings> => {
    const counts: Counts = {
      cases: 0,
      releases: 0,
      refusals: 0,
      faults: 0,
      rowsRead: 0,
      rowsOpened: 0,
      otherRowsOpened: 0,
      vendorCalls: 0,
      credentialsRead: 0,
    };
    const violations: string[] = [];
    const goesOn = (rounds: number): boolean =>
      rounds === 0 || Date.now() < until || (counts.releases === 0 && rounds < ROUNDS_WITHOUT_RELEASE);
    for (let n = 0; goesOn(n); n += 1) {
      const violation = await round((seed + n) | 0, counts, options);
      progress(figuresOf(counts));
      if (violation !== null) {
        violations.push(violation);
        break;
      }
    }
    if (violations.length === 0 && (counts.releases === 0 || counts.rowsOpened === 0)) {
      violations.push('Nothing was released, or nothing of it was seen: the check shows nothing.');
    }
    return { figures: figuresOf(counts), violations };
  };

const faultyParts = (homes: VaultHomes, parts: ReadonlyArray<FaultyParts>): ReadonlyArray<FaultyPart> =>
  parts.map(({ name, seen, sabotage }) => ({
    name,
    seen,
    run: (budget) => runWith({ homes, shrink: false, ...sabotage() })(budget),
  }));

export const noFallback: TrustCheck = {
  name: 'no-fallback',
  promise:
    'We never silently fall back from your old key to a different customer’s key, or from your key to our ' +
    'operator credentials.',
  run: runWith({ homes: SQLITE }),
  faulty: faultyParts(SQLITE, FAULTY_PARTS),
};

/** The same with the vault on a server: the door is the driver, and what is broken is broken in its tables. */
export const noFallbackOnPostgres: TrustCheck = needingPostgres({
  name: 'no-fallback-on-postgres',
  promise: 'The same with the vault in PostgreSQL.',
  run: runWith({ homes: POSTGRES }),
  // What lies above the storage is the same: only the watch below it is another one.
  faulty: faultyParts(
    POSTGRES,
    FAULTY_PARTS.filter(({ name }) => name.startsWith('a vault that looks at another row')),
  ),
});
