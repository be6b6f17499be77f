import { setTimeout as delay } from 'node:timers/promises';

/** Of several instances that started together, not all act at the same moment for ever. */
const JITTER = 0.2;
/** A timer that is told to wait longer waits not at all. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Waits for so long, give or take a fifth; ends with the signal. */
export const pause = async (everyMs: number, signal: AbortSignal): Promise<void> => {
  const ms = Math.min(everyMs * (1 + JITTER * (2 * Math.random() - 1)), LONGEST_DELAY_MS);
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
};
