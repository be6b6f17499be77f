import {
  checkReadAll,
  checkReadStream,
  checkStream,
  checkAppend,
  checkSnapshot,
  StoreFault,
  type EventStore,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { makeAppending } from './appending';
import { openConnection } from './connection';
import type { ConnectionSettings } from './connectionString';
import { makeReading } from './reading';
import { makeSnapshots } from './snapshots';
import { storeFaultOf } from './storeFaults';
import { makeServerClock, storeIdentity } from './storeMarkers';
import { follow } from './subscribing';

const storeOn = (settings: ConnectionSettings): EventStore => {
  const connection = openConnection(settings);
  const reading = makeReading(connection);
  const appending = makeAppending(connection, reading, settings.defaultDeadline);
  const snapshots = makeSnapshots(appending, reading);
  const clock = makeServerClock(appending, reading);
  const closing = new AbortController();
  let closed: Promise<void> | null = null;
  let storeId: string | null = null;

  /** Checks the arguments of a call to a store that is open, then does it. */
  const checked =
    <L, A, B>(
      what: string,
      arguments_: () => E.Either<StoreFault, A>,
      call: (given: A) => Promise<E.Either<L, B>>,
    ): TaskEither<L | StoreFault, B> =>
    async () => {
      if (closed !== null)
        return E.left(new StoreFault('closed', 'The event store was closed. Open it again.'));
      const given = arguments_();
      if (E.isLeft(given)) return given;
      try {
        return await call(given.right);
      } catch (error) {
        return E.left(storeFaultOf(error, what));
      }
    };
  const read = <A, B>(
    what: string,
    arguments_: () => E.Either<StoreFault, A>,
    call: (given: A) => Promise<B>,
  ): TaskEither<StoreFault, B> => checked(what, arguments_, async (given) => E.right(await call(given)));
  const nothing = () => E.right(undefined);

  return {
    storeId: read('The name of the event store', nothing, async () => {
      storeId ??= await storeIdentity(appending, reading, settings.defaultDeadline);
      return storeId;
    }),
    append: (stream, expected, events) =>
      checked(
        `The append to stream ${stream}`,
        () => checkAppend(stream, expected, events),
        (given) => appending.append(stream, expected, given),
      ),
    readStream: (stream, options) =>
      read(
        `Stream ${stream} can't be read`,
        () => checkReadStream(stream, options),
        (given) => reading.stream(stream, given),
      ),
    readAll: (options) => read("The events can't be read", () => checkReadAll(options), reading.all),
    head: read("The newest event can't be read", nothing, reading.head),
    subscribe: (options) => ({
      [Symbol.asyncIterator]: () => follow(connection, options, closing.signal),
    }),
    loadSnapshot: (stream) =>
      read(`The snapshot of stream ${stream} can't be read`, () => checkStream(stream), snapshots.load),
    saveSnapshot: (stream, snapshot) =>
      checked(
        `The snapshot of stream ${stream} can't be saved`,
        () => checkSnapshot(stream, snapshot),
        (given) => snapshots.save(stream, given),
      ),
    clock: read("The event store's clock can't be read", nothing, clock),
    close: () => {
      closed ??= appending.idle().then(() => {
        closing.abort();
        appending.end();
        connection.release();
      });
      return closed;
    },
  };
};

/**
 * Connects to an EventStoreDB or KurrentDB server or cluster. Faults when none answers (`unavailable`), when it does
 * not let the user in (`access-denied`), and for certificates that can't be read (`invalid-argument`).
 *
 * @example
 * const settings = parseConnectionString(process.env.KEYTURN_STORE ?? '');
 * const store = await pipe(TE.fromEither(settings), TE.chain(connectEventStoreDb))();
 */
export const connectEventStoreDb =
  (settings: ConnectionSettings): TaskEither<StoreFault, EventStore> =>
  async () => {
    let store: EventStore;
    try {
      store = storeOn(settings);
    } catch (error) {
      return E.left(storeFaultOf(error, 'The event store can not be opened'));
    }
    const reached = await store.head();
    if (E.isRight(reached)) return E.right(store);
    await store.close();
    return reached;
  };
