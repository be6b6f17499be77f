import type { ExposureFacts } from '../facts';
import { judged, notJudged, type RuleAnswer } from '../rule';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const WEEKS = 4;

/** More than so many times the usual, and at least so many. */
interface BurstLimits {
  readonly times: number;
  readonly floor: number;
}

const USUAL_BURST: BurstLimits = { times: 5, floor: 20 };

/** The mean of the two in the middle. */
const medianOfFour = (counts: ReadonlyArray<number>): number => {
  const [, second = 0, third = 0] = [...counts].sort((a, b) => a - b);
  return (second + third) / 2;
};

/** An hour with more than N times the median of the same weekday and hour over the four weeks before it. */
export const burst = (
  { window, addedAt, usesByHour }: ExposureFacts,
  { times, floor }: BurstLimits = USUAL_BURST,
): RuleAnswer => {
  if (window.since - addedAt < WEEKS * WEEK_MS) {
    return notJudged('burst', `The key was added less than ${WEEKS} weeks before the window.`);
  }
  // The hour that the window begins in is one of it: what began a leak may be in its first minutes.
  const hours = [...usesByHour].filter(([hour]) => hour > window.since - HOUR_MS && hour < window.until);
  return judged(
    'burst',
    hours
      .sort(([a], [b]) => a - b)
      .flatMap(([hour, count]) => {
        const before = Array.from({ length: WEEKS }, (_, n) => usesByHour.get(hour - (n + 1) * WEEK_MS) ?? 0);
        const median = medianOfFour(before);
        return count >= floor && count > times * median
          ? [
              {
                at: hour,
                sequence: null,
                what: `${count} uses in the hour; the median is ${median}, N ${times}, floor ${floor}`,
              },
            ]
          : [];
      }),
  );
};
