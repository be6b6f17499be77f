import type { ExposureFacts, VendorBucket } from '../facts';

/** What the vendor counted beyond what our runs say that they sent. */
export interface Exceeded {
  readonly start: number;
  readonly end: number;
  readonly buckets: number;
  /** By the vendor. */
  readonly requests: number;
  /** By our runs and test calls, at most. */
  readonly sent: number;
}

/** A test call is tried again where the vendor does not answer, and by another model where one is gone. */
const MOST_OF_A_CALL = 6;

interface Span {
  readonly from: number;
  readonly to: number;
  /** Null where a run did not say: then nothing beside it can be compared. */
  readonly sent: number | null;
}

interface Compared {
  readonly bucket: VendorBucket;
  readonly requests: number;
  readonly spans: ReadonlyArray<Span>;
}

const spansOf = (
  { holds, uses, requestsOfRuns }: Pick<ExposureFacts, 'holds' | 'uses' | 'requestsOfRuns'>,
  allowanceMs: number,
): ReadonlyArray<Span> =>
  [
    ...holds.map(({ runId, from, to }) => ({ from, to, sent: requestsOfRuns.get(runId) ?? null })),
    ...uses
      .filter(({ kind }) => kind === 'test-call')
      .map(({ at }) => ({ from: at, to: at, sent: MOST_OF_A_CALL })),
  ]
    .map(({ from, to, sent }) => ({ from: from - allowanceMs, to: to + allowanceMs, sent }))
    .sort((a, b) => a.from - b.from);

/** Each bucket with the spans that touch it; one look at each, since there may be a year of minutes. */
const withSpans = (
  buckets: ReadonlyArray<VendorBucket>,
  spans: ReadonlyArray<Span>,
): ReadonlyArray<Compared> => {
  const compared: Compared[] = [];
  let next = 0;
  let near: ReadonlyArray<Span> = [];
  for (const bucket of [...buckets].sort((a, b) => a.start - b.start)) {
    const begun: Span[] = [];
    for (let span = spans[next]; span !== undefined && span.from <= bucket.end; span = spans[next]) {
      begun.push(span);
      next += 1;
    }
    near = [...near, ...begun].filter(({ to }) => to >= bucket.start);
    const touching = near.filter(({ from }) => from <= bucket.end);
    if (touching.length > 0) compared.push({ bucket, requests: bucket.requests ?? 0, spans: touching });
  }
  return compared;
};

const sentBy = (spans: Iterable<Span>): number | null => {
  let sum = 0;
  for (const { sent } of spans) {
    if (sent === null) return null;
    sum += sent;
  }
  return sum;
};

const exceededBy = (together: ReadonlyArray<Compared>): Exceeded | null => {
  const sent = sentBy(new Set(together.flatMap(({ spans }) => spans)));
  const requests = together.reduce((sum, one) => sum + one.requests, 0);
  const [first] = together;
  if (sent === null || first === undefined || requests <= sent) return null;
  const end = Math.max(...together.map(({ bucket }) => bucket.end));
  return { start: first.bucket.start, end, buckets: together.length, requests, sent };
};

/** Buckets that one run or another may have been counted in both of, together: what a run sent is there once. */
const groupsOf = (all: ReadonlyArray<Compared>): ReadonlyArray<ReadonlyArray<Compared>> => {
  const groups: Compared[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const one of all) {
    const from = one.spans.reduce((least, span) => Math.min(least, span.from), one.bucket.start);
    if (from > reach || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(one);
    reach = one.spans.reduce((most, span) => Math.max(most, span.to), Math.max(reach, one.bucket.end));
  }
  return groups;
};

/**
 * Where the vendor counted more than our runs sent: in one bucket, and in all of those together that the same runs
 * reach into. A thief who sends a little in each hour of a long run is seen in the sum alone.
 */
export const exceeding = (
  facts: Pick<ExposureFacts, 'holds' | 'uses' | 'requestsOfRuns'>,
  buckets: ReadonlyArray<VendorBucket>,
  allowanceMs: number,
): ReadonlyArray<Exceeded> => {
  if (facts.requestsOfRuns.size === 0) return [];
  const counted = buckets.filter(({ requests }) => requests !== null);
  return groupsOf(withSpans(counted, spansOf(facts, allowanceMs))).flatMap((group) => {
    const single = group.map((one) => exceededBy([one])).filter((one) => one !== null);
    if (single.length > 0) return single;
    const whole = exceededBy(group);
    return whole === null ? [] : [whole];
  });
};
