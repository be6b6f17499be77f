import type { Instant } from '../instant';
import type { KillCheckSays } from './leakWords';

/** So many answers in a row show a key dead. */
const ANSWERS_IN_A_ROW = 3;
/** Over so long a time: revocation is not instant, and vendors have answered on and off. */
const OVER_MS = 5 * 60_000;

/** What the checks of one key have come to so far. */
export interface KillChecks {
  /** When the last call was; null before the first. */
  readonly lastAt: Instant | null;
  readonly last: KillCheckSays | null;
  /** Answers in a row that count; null after any other. */
  readonly row: { readonly since: Instant; readonly count: number } | null;
  /** The vendor itself has shown that the key is dead, and not taken it since. */
  readonly dead: boolean;
}

export const neverChecked: KillChecks = { lastAt: null, last: null, row: null, dead: false };

/** What of a check the fold looks at. */
export interface CheckedKey {
  readonly says: KillCheckSays;
  readonly via: 'call' | 'vendor-list';
  readonly checkedAt: Instant;
  readonly counts: boolean;
}

const ALIVE: ReadonlySet<KillCheckSays> = new Set<KillCheckSays>(['alive', 'alive-unfunded']);

/** Whether the vendor still knows the key as one that works or could. */
export const saysAlive = (says: KillCheckSays): boolean => ALIVE.has(says);

/** A check can't have been after it was recorded: a clock far ahead must not make later checks stale. */
export const checkTime = (checkedAt: Instant, time: Instant): Instant => Math.min(checkedAt, time);

/**
 * Folds one check in: three answers in a row that count, the last one five minutes after the first or later, show a key
 * dead. So does the vendor's own list at once. An `alive` undoes it; what can't tell breaks the row alone.
 */
export const withCheck = (before: KillChecks, check: CheckedKey, time: Instant): KillChecks => {
  const { says, counts, via } = check;
  if (says === 'not-checkable') return { ...before, last: says };
  const at = checkTime(check.checkedAt, time);
  if (saysAlive(says)) return { lastAt: at, last: says, row: null, dead: false };
  if (!counts) return { lastAt: at, last: says, row: null, dead: before.dead };
  if (via === 'vendor-list') return { lastAt: at, last: says, row: before.row, dead: true };
  const row = before.row === null ? { since: at, count: 1 } : { ...before.row, count: before.row.count + 1 };
  const dead = before.dead || (row.count >= ANSWERS_IN_A_ROW && at - row.since >= OVER_MS);
  return { lastAt: at, last: says, row, dead };
};
