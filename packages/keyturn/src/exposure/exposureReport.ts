import type { KnownKey } from '../knownKeys';
import type { CountedRefusals, RefusalLine } from '../refusals/refusedAttempt';
import type { DefaultMove, ExposureFacts, ExposureWindow, KeyHold, KeyUse } from './facts';
import type { RuleAnswer } from './rule';
import { answersOf, type AskedRules } from './rules';
import { vendorCover, type VendorCover } from './rules/unexplainedAtVendor';

/** How often each thing happened in the window. */
export interface ExposureCounts {
  readonly pinned: number;
  readonly resumed: number;
  readonly testCalls: number;
  readonly defaultMoves: number;
  /** Runs that a hard delete interrupted. */
  readonly interruptedRuns: number;
  /** Uses after the time from which a leak is suspected; null where none was said. */
  readonly afterSuspected: number | null;
}

/** What a key was used for, and what of it is anomalous: by named rules, each with its evidence. A plain JSON value. */
export interface ExposureReport {
  readonly workspaceId: string;
  readonly key: KnownKey;
  readonly window: ExposureWindow;
  readonly suspectedSince: number | null;
  readonly reportedAt: number | null;
  readonly counts: ExposureCounts;
  /** Pins, resumes and test calls of the window, oldest first. */
  readonly uses: ReadonlyArray<KeyUse>;
  /** How long runs held the key that did so in the window, oldest first. */
  readonly holds: ReadonlyArray<KeyHold>;
  readonly defaultMoves: ReadonlyArray<DefaultMove>;
  readonly refusals: ReadonlyArray<RefusalLine>;
  readonly refusalsCounted: ReadonlyArray<CountedRefusals>;
  /** Null where the vendor's own usage was not given. */
  readonly vendor: Omit<VendorCover, 'unexplained' | 'exceeded'> | null;
  readonly rules: ReadonlyArray<RuleAnswer>;
}

const numberOf = <A>(all: ReadonlyArray<A>, fits: (one: A) => boolean): number =>
  all.reduce((sum, one) => sum + (fits(one) ? 1 : 0), 0);

const isHeldIn = ({ from, to, outcome }: KeyHold, { since, until }: ExposureWindow): boolean =>
  from < until && (outcome === null || to >= since);

const coverOf = (facts: ExposureFacts): ExposureReport['vendor'] => {
  if (facts.buckets === null) return null;
  const { buckets, covered, perhapsOurs, long } = vendorCover({ ...facts, buckets: facts.buckets });
  return { buckets, covered, perhapsOurs, long };
};

/**
 * Makes the report of its facts alone: no clock, nothing read.
 *
 * @param suspectedSince milliseconds since 1970; null for unknown
 */
export const exposureReport = (
  key: KnownKey,
  facts: ExposureFacts,
  suspectedSince: number | null,
  asked: AskedRules,
): ExposureReport => {
  const { window, uses, reportedAt, refusals, refusalsCounted } = facts;
  const holds = facts.holds.filter((hold) => isHeldIn(hold, window));
  const defaultMoves = facts.defaultMoves.filter(({ at }) => at >= window.since && at < window.until);
  return {
    workspaceId: key.workspaceId,
    key,
    window,
    suspectedSince,
    reportedAt,
    counts: {
      pinned: numberOf(uses, ({ kind }) => kind === 'pinned'),
      resumed: numberOf(uses, ({ kind }) => kind === 'resumed'),
      testCalls: numberOf(uses, ({ kind }) => kind === 'test-call'),
      defaultMoves: defaultMoves.length,
      interruptedRuns: numberOf(holds, ({ interrupted }) => interrupted),
      afterSuspected: suspectedSince === null ? null : numberOf(uses, ({ at }) => at >= suspectedSince),
    },
    uses,
    holds,
    defaultMoves,
    refusals,
    refusalsCounted,
    vendor: coverOf(facts),
    rules: answersOf(facts, asked),
  };
};
