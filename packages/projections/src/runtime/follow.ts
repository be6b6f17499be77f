import { KEYRING_STREAM_PREFIX } from '@keyturn/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreFault } from '@keyturn/event-store';
import { isTransient, ProjectionFault, storeFailed } from '../faults';
import { hasReached, liveCheckpoint } from './drive';
import type { RuntimeContext } from './context';
import type { Slot } from './slot';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Follows the store until the signal: the subscription says when something is new, and what is new is read from the
 * checkpoint, so that another process may have projected it meanwhile. What passes by itself (a store away, a file
 * locked) is tried again with growing pauses; anything else ends it with its fault.
 */
export const follow = async (
  context: RuntimeContext,
  slots: ReadonlyArray<Slot>,
  catchUp: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> => {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      await catchUpAll(context, slots, catchUp);
      await followSubscription(context, slots, catchUp, signal, () => {
        pause = FIRST_PAUSE_MS;
      });
    } catch (error) {
      if (isOver(signal)) return;
      const fault = error instanceof StoreFault ? storeFailed(error) : error;
      if (!(fault instanceof ProjectionFault) || !isTransient(fault)) throw fault;
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
};

/** A projection that a newer release owns does not hold up the others. */
const catchUpAll = async (
  context: RuntimeContext,
  slots: ReadonlyArray<Slot>,
  catchUp: () => Promise<void>,
): Promise<void> => {
  try {
    await catchUp();
  } catch (error) {
    const newer = error instanceof ProjectionFault && error.code === 'newer-version';
    if (!newer || current(context, slots).length === 0) throw error;
  }
};

const current = (context: RuntimeContext, slots: ReadonlyArray<Slot>): ReadonlyArray<Slot> =>
  slots.filter((slot) => liveCheckpoint(context, slot).version === slot.projector.version);

/** Asked anew: the signal may have come while something was awaited. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

const followSubscription = async (
  context: RuntimeContext,
  slots: ReadonlyArray<Slot>,
  catchUp: () => Promise<void>,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<void> => {
  const after = lowest(context, slots);
  const messages = context.store.subscribe({
    ...(after === null ? {} : { after }),
    streamPrefix: KEYRING_STREAM_PREFIX,
    signal,
  });
  for await (const message of messages) {
    onProgress();
    if (message.kind === 'caught-up') continue;
    // Where nothing matches for long, the place is kept all the same: a restart need not look through it again.
    const place = message.kind === 'events' ? (message.events.at(-1)?.position ?? null) : message.position;
    const seen = current(context, slots).every((slot) => hasReached(liveCheckpoint(context, slot), place));
    if (!seen) await catchUpAll(context, slots, catchUp);
  }
};

const lowest = (context: RuntimeContext, slots: ReadonlyArray<Slot>): bigint | null => {
  const positions = current(context, slots).map((slot) => liveCheckpoint(context, slot).position);
  return positions.reduce<bigint | null>(
    (low, position) => (low === null || position === null ? null : position < low ? position : low),
    positions[0] ?? null,
  );
};
