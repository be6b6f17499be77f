import { requestProblem } from '../problems/problem';

const MINUTE_MS = 60_000;
/** Sessions that are counted at once: beyond that the one that was counted longest ago is forgotten. */
const MOST_SESSIONS = 10_000;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/**
 * Counts requests by session, in this process: a bucket that fills evenly, and holds a minute's worth.
 *
 * @returns what throws the problem `too-many-requests`
 */
export const makeRateLimit = (
  perMinute: number,
  clock: () => number = () => performance.now(),
): ((sessionId: string) => void) => {
  const buckets = new Map<string, Bucket>();
  return (sessionId) => {
    const now = clock();
    const known = buckets.get(sessionId) ?? { left: perMinute, at: now };
    const left = Math.min(perMinute, known.left + ((now - known.at) * perMinute) / MINUTE_MS);
    buckets.delete(sessionId);
    buckets.set(sessionId, { left: left >= 1 ? left - 1 : left, at: now });
    if (buckets.size > MOST_SESSIONS)
      for (const [oldest] of buckets) {
        buckets.delete(oldest);
        break;
      }
    if (left >= 1) return;
    const waitMs = ((1 - left) * MINUTE_MS) / perMinute;
    throw requestProblem('too-many-requests', {
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1_000))) },
    });
  };
};
