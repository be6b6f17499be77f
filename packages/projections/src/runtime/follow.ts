import { decodeEvent } from '@keyturn/domain';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Position, type RecordedEvent, StoreFault } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import { isTransient, ProjectionFault, storeFailed } from '../faults';
import { byPosition, hasReached, liveCheckpoint } from './drive';
import type { RuntimeContext } from './context';
import { KEYRING_STREAMS } from './keyringStreams';
import type { Slot } from './slot';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** Events of a command that are waited for, at most. */
const LONGEST_HELD = 4_096;

/**
 * Follows the store until the signal: what the subscription delivers is projected as it comes. Another process may have
 * projected it meanwhile; then that stands. What passes by itself (a store away, a file
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
    ...KEYRING_STREAMS,
    signal,
  });
  const deliver = deliveryTo(context, slots, after, () => catchUpAll(context, slots, catchUp));
  let held: ReadonlyArray<RecordedEvent> = [];
  for await (const message of messages) {
    onProgress();
    switch (message.kind) {
      case 'events': {
        const events = [...held, ...message.events];
        const whole = wholeCommands(events);
        await deliver(events.slice(0, whole));
        held = events.slice(whole);
        break;
      }
      case 'checkpoint':
        // Where nothing matches for long, the place is kept all the same: a restart need not look through it again.
        await deliver(held, message.position);
        held = [];
        break;
      case 'caught-up':
        await deliver(held);
        held = [];
    }
  }
};

/** How many events from the start leave no command open at their end: the rest of it is on its way. */
const wholeCommands = (events: ReadonlyArray<RecordedEvent>): number => {
  const last = events.at(-1);
  if (last === undefined || events.length > LONGEST_HELD) return events.length;
  const read = decodeEvent(last);
  if (isLeft(read)) return events.length;
  const { index, count } = read.right.envelope;
  return index + 1 < count ? Math.max(0, events.length - index - 1) : events.length;
};

/**
 * Takes what the subscription delivers to the projectors that stand where it delivers from, or further. The store is
 * read for those alone that another process has moved meanwhile, so that what was projected for them was dropped.
 */
const deliveryTo = (
  context: RuntimeContext,
  slots: ReadonlyArray<Slot>,
  after: Position | null,
  catchUp: () => Promise<void>,
): ((events: ReadonlyArray<RecordedEvent>, upTo?: Position) => Promise<void>) => {
  let delivered = after;
  return async (events, upTo = events.at(-1)?.position) => {
    if (upTo === undefined) return;
    const behind = current(context, slots)
      .map((slot) => ({ slot, from: liveCheckpoint(context, slot) }))
      .filter(({ from }) => !hasReached(from, upTo));
    const { project } = await import('./step.js');
    let missed = false;
    for (const group of byPosition(behind)) {
      const place = group[0]?.from.position ?? null;
      const news = events.filter(({ position }) => place === null || position > place);
      if (hasReached({ position: place }, delivered)) {
        try {
          await project(context, group, { events: news, to: upTo });
          continue;
        } catch (error) {
          // Caught up by reading, it fails again, and is remembered there, without holding up the others.
          if (!(error instanceof ProjectionFault)) throw error;
        }
      }
      missed = true;
    }
    if (missed) await catchUp();
    delivered = upTo;
  };
};

const lowest = (context: RuntimeContext, slots: ReadonlyArray<Slot>): bigint | null => {
  const positions = current(context, slots).map((slot) => liveCheckpoint(context, slot).position);
  return positions.reduce<bigint | null>(
    (low, position) => (low === null || position === null ? null : position < low ? position : low),
    positions[0] ?? null,
  );
};
