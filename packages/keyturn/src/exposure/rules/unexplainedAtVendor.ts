import type { ExposureFacts, ExposureWindow, VendorBucket } from '../facts';
import { exceeding, type Exceeded } from './exceeding';
import { judged, notJudged, type Rule } from '../rule';

/** Two clocks may be apart by so much, and a request is counted when it ends. */
const ALLOWANCE_MS = 5 * 60_000;

/** What of the vendor's buckets can be told from our pins. */
export interface VendorCover {
  readonly buckets: number;
  /** A run or a test call of ours had the key in them: they are not judged. */
  readonly covered: number;
  /** Covered only by runs whose end is a guess: perhaps ours. */
  readonly perhapsOurs: number;
  /** Longer than an hour: one run of ours covers all of such a bucket. */
  readonly long: number;
  readonly unexplained: ReadonlyArray<VendorBucket>;
  /** Covered, and more than our runs say that they sent. */
  readonly exceeded: ReadonlyArray<Exceeded>;
}

const HOUR_MS = 3_600_000;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether any of the spans touches a stretch of time: there may be a year of minutes to be asked about. */
const touching = (spans: ReadonlyArray<Span>): ((start: number, end: number) => boolean) => {
  const sorted = [...spans].sort((a, b) => a.from - b.from);
  // Of the spans up to each: where the one that lasts longest ends.
  const latest: number[] = [];
  for (const { to } of sorted) latest.push(Math.max(to, latest.at(-1) ?? Number.NEGATIVE_INFINITY));
  const beginningBefore = (time: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle]?.from ?? time) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (start, end) =>
    (latest[beginningBefore(end + ALLOWANCE_MS) - 1] ?? Number.NEGATIVE_INFINITY) >= start - ALLOWANCE_MS;
};

const touches = ({ start, end }: VendorBucket, { since, until }: ExposureWindow): boolean =>
  end > since && start < until;

/** The window, as far as its buckets reach beyond it: a run of ours outside of it may have been counted there. */
export const reachOf = (window: ExposureWindow, buckets: ReadonlyArray<VendorBucket>): ExposureWindow => {
  let { since, until } = window;
  for (const bucket of buckets) {
    if (!touches(bucket, window)) continue;
    since = Math.min(since, bucket.start - ALLOWANCE_MS);
    until = Math.max(until, bucket.end + ALLOWANCE_MS);
  }
  return { since, until };
};

const isUse = ({ requests, tokens }: VendorBucket): boolean => (requests ?? 0) > 0 || (tokens ?? 0) > 0;

/** What the vendor's buckets of a window are, beside our pins. */
export const vendorCover = ({
  holds,
  uses,
  buckets,
  window,
  requestsOfRuns,
}: Pick<ExposureFacts, 'holds' | 'uses' | 'window' | 'requestsOfRuns'> & {
  readonly buckets: ReadonlyArray<VendorBucket>;
}): VendorCover => {
  const calls = uses.filter(({ kind }) => kind === 'test-call').map(({ at }) => ({ from: at, to: at }));
  const surely = touching([...holds.filter(({ isEnded }) => isEnded), ...calls]);
  const perhaps = touching(holds.filter(({ isEnded }) => !isEnded));
  const asked = buckets.filter((bucket) => touches(bucket, window)).filter(isUse);
  const coverOf = ({ start, end }: VendorBucket): 'sure' | 'perhaps' | 'none' => {
    if (surely(start, end)) return 'sure';
    return perhaps(start, end) ? 'perhaps' : 'none';
  };
  const covers = asked.map((bucket) => ({ bucket, cover: coverOf(bucket) }));
  const unexplained = covers.filter(({ cover }) => cover === 'none').map(({ bucket }) => bucket);
  return {
    buckets: asked.length,
    covered: asked.length - unexplained.length,
    perhapsOurs: covers.filter(({ cover }) => cover === 'perhaps').length,
    long: asked.filter(({ start, end }) => end - start > HOUR_MS).length,
    unexplained,
    exceeded: exceeding(
      { holds, uses, requestsOfRuns },
      covers.filter(({ cover }) => cover !== 'none').map(({ bucket }) => bucket),
      ALLOWANCE_MS,
    ),
  };
};

const minutesOf = (start: number, end: number): number => Math.round((end - start) / 60_000);

/** The vendor counted use where no run of ours held the key, or more than our runs say that they sent. */
export const unexplainedAtVendor: Rule = (facts) => {
  const { buckets } = facts;
  if (buckets === null) return notJudged('unexplained-at-vendor', "The vendor's own usage was not given.");
  const { unexplained, exceeded } = vendorCover({ ...facts, buckets });
  return judged('unexplained-at-vendor', [
    ...unexplained.map(({ start, end, requests, tokens }) => ({
      at: start,
      sequence: null,
      what: [
        ...(requests === null ? [] : [`${requests} requests`]),
        ...(tokens === null ? [] : [`${tokens} tokens`]),
        `in ${minutesOf(start, end)} minutes, and no run of ours`,
      ].join(', '),
    })),
    ...exceeded.map(({ start, end, requests, sent }) => ({
      at: start,
      sequence: null,
      what: `${requests} requests, in ${minutesOf(start, end)} minutes, and our runs sent ${sent} at most`,
    })),
  ]);
};
