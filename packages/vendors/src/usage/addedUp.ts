import * as E from 'fp-ts/Either';
import type { UsageBucket, UsageProblem } from './usage';

/** A row of an input, and where it stands there. */
export interface UsageRow extends UsageBucket {
  readonly at: string;
}

const COUNTS = ['requests', 'tokens'] as const;

/** What is not known of a part is not known of the whole. */
const sum = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/**
 * Rows of the same times as one bucket, by time. Rows that overlap otherwise are a problem: what lies in both could be
 * counted twice.
 */
export const addedUp = (
  rows: ReadonlyArray<UsageRow>,
): E.Either<UsageProblem, ReadonlyArray<UsageBucket>> => {
  const byTime = [...rows].sort((a, b) => a.start - b.start || a.end - b.end);
  const buckets: UsageRow[] = [];
  for (const row of byTime) {
    const last = buckets.at(-1);
    if (last !== undefined && last.start === row.start && last.end === row.end) {
      const requests = sum(last.requests, row.requests);
      const tokens = sum(last.tokens, row.tokens);
      buckets[buckets.length - 1] = { ...last, requests, tokens };
    } else if (last !== undefined && row.start < last.end) {
      return E.left({ at: row.at, problem: `a time that does not overlap that of ${last.at}` });
    } else {
      buckets.push(row);
    }
  }
  const tooMany = buckets.find((bucket) =>
    COUNTS.some((count) => (bucket[count] ?? 0) > Number.MAX_SAFE_INTEGER),
  );
  return tooMany === undefined
    ? E.right(buckets.map(({ start, end, requests, tokens }) => ({ start, end, requests, tokens })))
    : E.left({ at: tooMany.at, problem: 'counts that can be added up' });
};
