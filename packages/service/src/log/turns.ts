import { setImmediate } from 'node:timers/promises';

/** Work that comes in pieces holds the event loop no longer than this, and its longest piece. */
const LONGEST_TURN_MS = 5;

/** Gives what to call between two pieces of work: where they have taken long, all other work has its turn there. */
export const makeTurns = (): (() => Promise<void>) => {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < LONGEST_TURN_MS) return;
    await setImmediate();
    begun = performance.now();
  };
};
