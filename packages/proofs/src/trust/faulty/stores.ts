import type { KeyringEvent } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';

/** An event store that breaks one of its promises, over one that keeps them. */
export type FaultyStore = (store: EventStore) => EventStore;

/** It acknowledges an append with an event of this type, and keeps nothing of it. */
export const thatForgets =
  (type: KeyringEvent['type']): FaultyStore =>
  (store) => ({
    ...store,
    append: (stream, expected, events) => async () => {
      if (!events.some((event) => event.type === type)) return store.append(stream, expected, events)();
      const head = await store.head();
      if (E.isLeft(head)) return head;
      const before = typeof expected === 'number' ? expected : -1;
      return E.right({
        revision: before + events.length,
        position: (head.right ?? 0n) + BigInt(events.length),
      });
    },
  });

/** Whoever reads a stream does not see its events of this type. */
export const thatHides =
  (type: KeyringEvent['type']): FaultyStore =>
  (store) => ({
    ...store,
    readStream: (stream, options) =>
      pipe(
        store.readStream(stream, options),
        TE.map(({ events, end }) => ({ events: events.filter((event) => event.type !== type), end })),
      ),
  });

/** Whoever reads everything does not see events of this type: read models lack them. */
export const thatLeavesOut =
  (type: KeyringEvent['type']): FaultyStore =>
  (store) => ({
    ...store,
    readAll: (options) =>
      pipe(
        store.readAll(options),
        TE.map((page) => ({ ...page, events: page.events.filter((event) => event.type !== type) })),
      ),
  });

/** Its clock stands still, so that no lease ever runs out. */
export const whoseClockStands: FaultyStore = (store) => ({ ...store, clock: TE.right(0) });
