import { setTimeout as delay } from 'node:timers/promises';
import { isPassing, type Trouble } from './trouble';

const FIRST_MS = 50;

/** How long to wait before the next attempt: twice as long each time up to a limit, and never for all callers alike. */
export const backoffMs = (attempt: number, longestMs: number): number =>
  Math.min(longestMs, FIRST_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);

/** Waits, and gives false at once when the signal ends it. */
export const waited = async (ms: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
};

const ATTEMPTS = 5;
/** To look for a cluster that is gone takes seconds each time. */
const PATIENCE_MS = 5_000;
const LONGEST_MS = 500;

/**
 * Does a read, again where that may help: a connection that died unnoticed, another leader. A node that is gone for
 * longer is for the caller to wait for.
 */
export const retried = async <A>(
  work: () => Promise<A>,
  troubleOf: (error: unknown) => Trouble,
): Promise<A> => {
  const begun = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(troubleOf(error))) throw error;
      if (performance.now() - begun > PATIENCE_MS) throw error;
      await delay(backoffMs(attempt, LONGEST_MS));
    }
  }
};
