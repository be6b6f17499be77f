import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './errorCode';

/** PROTOCOL: many processes began to read at once, and this one lost every round. */
const BUSY = /^SQLITE_(BUSY|LOCKED|PROTOCOL)/;

/** Whether SQLite refused because another connection holds a lock. */
export const isBusy = (cause: unknown): boolean => BUSY.test(errorCode(cause));

/**
 * Tries until no other process holds the lock, for so many milliseconds. The first attempt is made at once; the process
 * does other things between attempts. Pauses are short and random, so that several waiting processes all get their
 * turn.
 */
export const whenNotBusy = async <A>(timeoutMs: number, attempt: () => A): Promise<A> => {
  let deadline: number | undefined;
  for (;;) {
    try {
      return attempt();
    } catch (cause) {
      if (!isBusy(cause)) throw cause;
      // Not before: for the clock Node loads all that it has to measure with.
      deadline ??= performance.now() + timeoutMs;
      if (performance.now() >= deadline) throw cause;
    }
    await delay(1 + Math.random() * 3);
  }
};
