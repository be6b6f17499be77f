import { judged, notJudged, type Rule } from '../rule';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const WEEKS = 8;

/** An hour of the week in which the key had no use in the eight weeks before the window. */
export const unusualHour: Rule = ({ window, addedAt, usesByHour }) => {
  if (window.since - addedAt < WEEKS * WEEK_MS) {
    return notJudged('unusual-hour', `The key was added less than ${WEEKS} weeks before the window.`);
  }
  // Whole hours: the one that the window begins in is one of it, and its own minutes don't make it usual.
  const first = Math.floor(window.since / HOUR_MS) * HOUR_MS;
  const from = first - WEEKS * WEEK_MS;
  const hourOfWeek = (hour: number): number => (hour % WEEK_MS) / HOUR_MS;
  const usual = new Set(
    [...usesByHour].filter(([hour]) => hour >= from && hour < first).map(([hour]) => hourOfWeek(hour)),
  );
  return judged(
    'unusual-hour',
    [...usesByHour]
      .filter(([hour]) => hour >= first && hour < window.until && !usual.has(hourOfWeek(hour)))
      .sort(([a], [b]) => a - b)
      .map(([hour, count]) => ({
        at: hour,
        sequence: null,
        what: `${count} ${count === 1 ? 'use' : 'uses'}; 0 in that hour of the week in ${WEEKS} weeks before`,
      })),
  );
};
