import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { TaskEither } from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { checkAppend, checkReadAll, checkReadStream, checkSnapshot, checkStream } from './arguments';
import type { AppendResult, EventData, EventStore, RecordedEvent, StoredSnapshot } from './eventStore';
import { conflictOf, firstRevision } from './expectation';
import { StoreFault, type AppendConflict } from './faults';
import { followByReading } from './following';
import { textOfPart } from './partText';
import { makeSignalling } from './signalling';
import { passesFilter } from './streamFilter';

export interface InMemoryEventStoreOptions {
  /** The store's clock, in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number;
}

/**
 * A store that is gone with the process: for tests and for trying things out. It keeps every promise of the contract
 * but durability.
 *
 * @example
 * const store = makeInMemoryEventStore();
 * const event = { id: randomUUID(), type: 'KeyAdded', data: '{}', metadata: '{}' };
 * await store.append('keyring-acme', 'no-stream', [event])();
 */
export const makeInMemoryEventStore = ({ now = Date.now }: InMemoryEventStoreOptions = {}): EventStore => {
  const storeId = randomUUID();
  const log: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const snapshots = new Map<string, StoredSnapshot>();
  const changes = makeSignalling();
  let closed = false;

  const opened =
    <L, A>(work: () => E.Either<L, A>): TaskEither<L | StoreFault, A> =>
    async () =>
      closed ? E.left(new StoreFault('closed', 'The event store was closed. Make another.')) : work();
  const of = (stream: string): ReadonlyArray<RecordedEvent> => streams.get(stream) ?? [];

  const write = (stream: string, events: ReadonlyArray<EventData>): AppendResult => {
    const stored = streams.get(stream) ?? [];
    const recordedAt = now();
    for (const event of events) {
      const next = {
        ...event,
        stream,
        revision: stored.length,
        position: BigInt(log.length + 1),
        recordedAt,
      };
      stored.push(next);
      log.push(next);
    }
    streams.set(stream, stored);
    changes.announce();
    return { revision: stored.length - 1, position: BigInt(log.length) };
  };

  /** The same append sent earlier: its ids stand where they would have been written. */
  const earlier = (stream: string, first: number, events: ReadonlyArray<EventData>): AppendResult | null => {
    const stored = of(stream).slice(first, first + events.length);
    const last = stored[events.length - 1];
    return last !== undefined && stored.every(({ id }, index) => id === events[index]?.id)
      ? { revision: last.revision, position: last.position }
      : null;
  };

  const append: EventStore['append'] = (stream, expected, events) =>
    opened(() =>
      pipe(
        checkAppend(stream, expected, events),
        E.flatMap((checked): E.Either<AppendConflict | StoreFault, AppendResult> => {
          const { length } = of(stream);
          const conflict = conflictOf(stream, expected, length === 0 ? 'no-stream' : length - 1);
          if (conflict === null) return E.right(write(stream, checked));
          const first = firstRevision(expected);
          const result = first === null ? null : earlier(stream, first, checked);
          return result === null ? E.left(conflict) : E.right(result);
        }),
      ),
    );

  const readStream: EventStore['readStream'] = (stream, options) =>
    opened(() =>
      pipe(
        checkReadStream(stream, options),
        E.map(({ direction, from, limit }) => {
          const all = of(stream);
          if (direction === 'forwards') {
            const start = from ?? 0;
            return {
              events: all.slice(start, start + limit),
              end: start + limit >= all.length,
            };
          }
          const stop = Math.min(from ?? all.length, all.length - 1) + 1;
          const start = Math.max(0, stop - limit);
          return { events: all.slice(start, stop).reverse(), end: start === 0 };
        }),
      ),
    );

  const readAll: EventStore['readAll'] = (options) =>
    opened(() =>
      pipe(
        checkReadAll(options),
        E.map(({ after, limit, ...filter }) => {
          const events: RecordedEvent[] = [];
          let index = Number(after ?? 0n);
          for (let event = log[index]; event !== undefined && events.length < limit; event = log[index]) {
            if (passesFilter(filter, event.stream)) events.push(event);
            index += 1;
          }
          return { events, readTo: index === 0 ? null : BigInt(index), end: index >= log.length };
        }),
      ),
    );

  return {
    storeId: opened(() => E.right(storeId)),
    append,
    readStream,
    readAll,
    head: opened(() => E.right(log.length === 0 ? null : BigInt(log.length))),
    subscribe: (options) => followByReading(readAll, changes, options),
    loadSnapshot: (stream) =>
      opened(() =>
        pipe(
          checkStream(stream),
          E.map((name) => snapshots.get(name) ?? null),
        ),
      ),
    saveSnapshot: (stream, snapshot) =>
      opened(() =>
        pipe(
          checkSnapshot(stream, snapshot),
          E.map((checked) => {
            const { revision, schemaVersion, data, anew } = checked;
            const stored = anew === true ? undefined : snapshots.get(stream);
            if (revision < (stored?.revision ?? 0)) return;
            const parts = new Map<string, string>();
            for (const [name, text] of checked.parts) {
              parts.set(name, stored?.parts.get(name) ?? textOfPart(text));
            }
            snapshots.set(stream, { revision, schemaVersion, data, parts });
          }),
        ),
      ),
    clock: opened(() => E.right(now())),
    close: async () => {
      closed = true;
      changes.announce();
    },
  };
};
