import { rateLimited, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';

const MINUTE_MS = 60_000;

/** Lets this test call through and counts it, or refuses `rate-limited` with the time to wait. */
export type RateLimit = (workspaceId: string) => E.Either<Refusal, void>;

/**
 * Lets a workspace make so many test calls in any minute: a vendor must not be used to guess keys, nor flooded. Counts in
 * memory, by this process's clock.
 */
export const makeRateLimit = (perMinute: number, clock: () => number): RateLimit => {
  // In the order of each workspace's last call.
  const calls = new Map<string, ReadonlyArray<number>>();

  const forgetBefore = (edge: number): void => {
    for (const [workspaceId, times] of calls) {
      if ((times.at(-1) ?? 0) > edge) return;
      calls.delete(workspaceId);
    }
  };

  return (workspaceId) => {
    const now = clock();
    const recent = (calls.get(workspaceId) ?? []).filter((at) => at > now - MINUTE_MS && at <= now);
    const oldest = recent[0];
    if (oldest !== undefined && recent.length >= perMinute) {
      return E.left(rateLimited(oldest + MINUTE_MS - now));
    }
    calls.delete(workspaceId);
    calls.set(workspaceId, [...recent, now]);
    forgetBefore(now - MINUTE_MS);
    return E.right(undefined);
  };
};
