import { rateLimited, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';

const MINUTE_MS = 60_000;

/** Lets a workspace make so many test calls in any minute. Both refuse `rate-limited` with the time to wait. */
export interface RateLimit {
  /** Whether there is room for one more; counts nothing. */
  readonly room: (workspaceId: string) => E.Either<Refusal, void>;
  /** Counts one more, if there is room. */
  readonly take: (workspaceId: string) => E.Either<Refusal, void>;
}

/**
 * A vendor must not be used to guess keys, nor flooded. Counts in memory, by this process's clock.
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

  /** The calls that still count; refused when they are as many as there may be. */
  const recentCalls = (workspaceId: string, now: number): E.Either<Refusal, ReadonlyArray<number>> => {
    const recent = (calls.get(workspaceId) ?? []).filter((at) => at > now - MINUTE_MS && at <= now);
    const oldest = recent[0];
    return oldest !== undefined && recent.length >= perMinute
      ? E.left(rateLimited(oldest + MINUTE_MS - now))
      : E.right(recent);
  };

  return {
    room: (workspaceId) => {
      const recent = recentCalls(workspaceId, clock());
      return E.isLeft(recent) ? recent : E.right(undefined);
    },
    take: (workspaceId) => {
      const now = clock();
      const recent = recentCalls(workspaceId, now);
      if (E.isLeft(recent)) return recent;
      calls.delete(workspaceId);
      calls.set(workspaceId, [...recent.right, now]);
      forgetBefore(now - MINUTE_MS);
      return E.right(undefined);
    },
  };
};
