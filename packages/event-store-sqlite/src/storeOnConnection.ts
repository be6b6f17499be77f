import {
  checkAppend,
  checkReadAll,
  checkReadStream,
  checkSnapshot,
  checkStream,
  followByReading,
  StoreFault,
  type EventData,
  type EventStore,
} from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { makeAppendInTransaction } from './appending';
import { whenNotBusy } from './busy';
import { makeChanges } from './changes';
import { makeGroupCommit } from './groupCommit';
import { makeReading } from './reading';
import { schemaGuard } from './schema';
import { makeSnapshots } from './snapshots';
import { faultOf, faultOfCommit } from './sqliteFaults';

/** How a store behaves on its connection: see `SqliteEventStoreOptions`. */
export interface StoreSettings {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly pollMs: number;
  readonly maxAppendBytes: number;
}

const bytesOf = (events: ReadonlyArray<EventData>): number =>
  events.reduce((sum, { data, metadata }) => sum + Buffer.byteLength(data) + Buffer.byteLength(metadata), 0);

const checkSize =
  (limit: number) =>
  (events: ReadonlyArray<EventData>): E.Either<StoreFault, ReadonlyArray<EventData>> =>
    bytesOf(events) <= limit
      ? E.right(events)
      : E.left(
          new StoreFault(
            'too-large',
            `An append of ${bytesOf(events)} bytes is above the limit of ${limit}. Nothing was written; ` +
              'append less at once.',
          ),
        );

/** The store on a connection that `openConnection` made; closing the store closes the connection. */
export const storeOnConnection = (
  db: SqliteConnection,
  { file, busyTimeoutMs, pollMs, maxAppendBytes }: StoreSettings,
): EventStore => {
  const fault = (cause: unknown): StoreFault => faultOf(file, cause);
  const appendInTransaction = makeAppendInTransaction(db);
  const reading = makeReading(db);
  const changes = makeChanges(db, pollMs);
  const commits = makeGroupCommit(
    db,
    busyTimeoutMs,
    { ofWork: fault, ofCommit: (cause) => faultOfCommit(file, cause) },
    { beforeWork: schemaGuard(db), onCommitted: changes.announce },
  );
  const snapshots = makeSnapshots(db, commits);
  const storeId = String(db.pluck('SELECT id FROM store').get());
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
        () => pipe(checkAppend(stream, expected, events), E.flatMap(checkSize(maxAppendBytes))),
        (given) => commits.write(() => appendInTransaction(stream, expected, given)),
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
        () => checkSnapshot(stream, snapshot),
        (given) => snapshots.save(stream, given),
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
