import {
  checkReadAll,
  checkReadStream,
  checkStream,
  encodeAppend,
  encodeSnapshot,
  followByReading,
  StoreFault,
  type EncodedEvent,
  type EventStore,
} from '@keyturn/event-store';
import type Database from 'better-sqlite3';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { makeAppendInTransaction } from './appending';
import { whenNotBusy } from './busy';
import { makeChanges } from './changes';
import { openConnection } from './connection';
import { makeGroupCommit } from './groupCommit';
import { makeReading } from './reading';
import { makeSnapshots } from './snapshots';
import { faultOf, faultOfCommit } from './sqliteFaults';

export interface SqliteEventStoreOptions {
  /** Path of the database file; its folder exists. */
  readonly file: string;
  /** Whether a missing file is made (with mode 0600) or is a fault. Default true. */
  readonly create?: boolean;
  /** How long another process's write is waited for, in milliseconds. Default 10,000. */
  readonly busyTimeoutMs?: number;
  /** How often a waiting subscription looks for other processes' events, in milliseconds. Default 50. */
  readonly pollMs?: number;
  /** Bytes of JSON that one append may have. Default 1 MiB, which is what an EventStoreDB takes by default. */
  readonly maxAppendBytes?: number;
}

type Settings = Required<SqliteEventStoreOptions>;

const withDefaults = (options: SqliteEventStoreOptions): Settings => ({
  create: true,
  busyTimeoutMs: 10_000,
  pollMs: 50,
  maxAppendBytes: 1024 * 1024,
  ...options,
});

/**
 * Opens the embedded event store. Durable on return (`synchronous=FULL`); several processes may use one file at once.
 * Appends that are made in the same turn of the event loop share one flush of the disk.
 *
 * Faults: `not-writable`, `corrupt` (damaged, no event store, or made by a newer release), `unavailable`.
 *
 * @example
 * const store = await openSqliteEventStore({ file: 'events.sqlite' })();
 */
export const openSqliteEventStore = (
  options: SqliteEventStoreOptions,
): TE.TaskEither<StoreFault, EventStore> => {
  const settings = withDefaults(options);
  const { file, create, busyTimeoutMs } = settings;
  return TE.tryCatch(
    async () => makeStore(await whenNotBusy(busyTimeoutMs, () => openConnection(file, create)), settings),
    (cause) => faultOf(file, cause),
  );
};

const bytesOf = (events: ReadonlyArray<EncodedEvent>): number =>
  events.reduce((sum, { data, metadata }) => sum + Buffer.byteLength(data) + Buffer.byteLength(metadata), 0);

const checkSize =
  (limit: number) =>
  (events: ReadonlyArray<EncodedEvent>): E.Either<StoreFault, ReadonlyArray<EncodedEvent>> =>
    bytesOf(events) <= limit
      ? E.right(events)
      : E.left(
          new StoreFault(
            'too-large',
            `An append of ${bytesOf(events)} bytes is above the limit of ${limit}. Nothing was written; append less at once.`,
          ),
        );

const makeStore = (
  db: Database.Database,
  { file, busyTimeoutMs, pollMs, maxAppendBytes }: Settings,
): EventStore => {
  const fault = (cause: unknown): StoreFault => faultOf(file, cause);
  const appendInTransaction = makeAppendInTransaction(db);
  const reading = makeReading(db);
  const snapshots = makeSnapshots(db);
  const changes = makeChanges(db, pollMs);
  const commits = makeGroupCommit(
    db,
    busyTimeoutMs,
    { ofWork: fault, ofCommit: (cause) => faultOfCommit(file, cause) },
    changes.announce,
  );
  const storeId = String(db.prepare('SELECT id FROM store').pluck().get());
  let closing: Promise<void> | undefined;

  /** Checks the arguments of a call to a store that is open, then does it. */
  const checked =
    <L, A, B>(arguments_: () => E.Either<StoreFault, A>, call: (given: A) => Promise<E.Either<L, B>>) =>
    async (): Promise<E.Either<L | StoreFault, B>> => {
      if (closing !== undefined)
        return E.left(new StoreFault('closed', 'The event store was closed. Open it again.'));
      const given = arguments_();
      return E.isLeft(given) ? given : call(given.right);
    };
  const read = <A, B>(
    arguments_: () => E.Either<StoreFault, A>,
    query: (given: A) => B,
  ): TE.TaskEither<StoreFault, B> =>
    checked(arguments_, (given) =>
      TE.tryCatch(() => whenNotBusy(busyTimeoutMs, () => query(given)), fault)(),
    );
  const nothing = () => E.right(undefined);

  const readAll: EventStore['readAll'] = (options) => read(() => checkReadAll(options), reading.all);

  return {
    storeId: read(nothing, () => storeId),
    append: (stream, expected, events) =>
      checked(
        () => pipe(encodeAppend(stream, expected, events), E.flatMap(checkSize(maxAppendBytes))),
        (encoded) => commits.write(() => appendInTransaction(stream, expected, encoded)),
      ),
    readStream: (stream, options) =>
      read(
        () => checkReadStream(stream, options),
        (given) => reading.stream(stream, given),
      ),
    readAll,
    head: read(nothing, reading.head),
    subscribe: (options) => followByReading(readAll, changes, options),
    loadSnapshot: (stream) => read(() => checkStream(stream), snapshots.load),
    saveSnapshot: (stream, snapshot) =>
      checked(
        () => encodeSnapshot(stream, snapshot),
        (data) => commits.write(() => E.right(snapshots.save(stream, snapshot, data))),
      ),
    clock: read(nothing, Date.now),
    close: () => {
      closing ??= commits.idle().then(() => {
        db.close();
        changes.announce();
      });
      return closing;
    },
  };
};
