import { setTimeout as delay } from 'node:timers/promises';
import type { HandlerOptions } from '../options';

const USUAL_PATIENCE_MS = 5_000;

/** How long adding a key waits for its test call. */
export const patienceOf = ({ limits }: Pick<HandlerOptions, 'limits'>): number =>
  limits?.testCallMs ?? USUAL_PATIENCE_MS;

/** How often it is looked again whether an act is recorded that takes long already. */
const AGAIN_MS = 50;

/** An act under one idempotency key. */
export interface Patiently<A> {
  /** Does it; once more gives what came of it until then, and changes nothing. */
  readonly act: () => Promise<A>;
  /** Whether it is recorded: what is left of it then goes on by itself. */
  readonly isRecorded: () => Promise<boolean>;
}

/** Whether a promise settles within a time. */
const settlesWithin = async (ms: number, promise: Promise<unknown>): Promise<boolean> => {
  const over = new AbortController();
  const settled = promise.then(
    () => true,
    () => true,
  );
  const late = delay(ms, false, { signal: over.signal, ref: false }).catch(() => false);
  try {
    return await Promise.race([settled, late]);
  } finally {
    over.abort();
  }
};

/** Gives what an act came to, or, where it takes longer than that, what is recorded of it until then. */
export const withPatience = async <A>({ act, isRecorded }: Patiently<A>, patienceMs: number): Promise<A> => {
  const first = act();
  for (let ms = patienceMs; !(await settlesWithin(ms, first)); ms = AGAIN_MS) {
    const recorded = await isRecorded().catch(() => false);
    if (recorded) return Promise.race([first, act().catch(() => first)]);
  }
  return first;
};
