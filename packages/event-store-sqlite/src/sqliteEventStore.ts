import { StoreFault, type EventStore, type ReadAllOptions } from '@keyturn/event-store';
import Database from 'better-sqlite3';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { chmodSync } from 'node:fs';
import { checkAppend, checkLimit } from './arguments';
import { rendered } from './appending';
import { makeChanges } from './changes';
import { makeGroupCommit } from './groupCommit';
import { makeReading } from './reading';
import { prepareFile } from './schema';
import { makeSnapshots } from './snapshots';
import { faultOf } from './sqliteFaults';
import { subscription } from './subscribing';

export interface SqliteEventStoreOptions {
  /** Path of the database file; its folder exists. */
  readonly file: string;
  /** Whether a missing file is made (with mode 0600) or is a fault. Default true. */
  readonly create?: boolean;
  /** How long another process's write is waited for, in milliseconds. Default 10,000. */
  readonly busyTimeoutMs?: number;
  /** How often a waiting subscription looks for other processes' events, in milliseconds. Default 50. */
  readonly pollMs?: number;
}

const opened = ({
  file,
  create = true,
  busyTimeoutMs = 10_000,
}: SqliteEventStoreOptions): Database.Database => {
  const db = new Database(file, { timeout: busyTimeoutMs, fileMustExist: !create });
  try {
    if (create) chmodSync(file, 0o600);
    prepareFile(db);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
};

/**
 * Opens the embedded event store. Durable on return (`synchronous=FULL`); several processes may use one file at once.
 * Appends that are made in the same turn of the event loop share one flush of the disk.
 *
 * Faults: `not-writable`, `corrupt` (damaged, or made by a newer release), `unavailable`.
 *
 * @example
 * const store = await openSqliteEventStore({ file: 'events.sqlite' })();
 */
export const openSqliteEventStore =
  (options: SqliteEventStoreOptions): TaskEither<StoreFault, EventStore> =>
  async () => {
    const fault = (cause: unknown): StoreFault => faultOf(options.file, cause);
    return E.tryCatch(() => makeStore(opened(options), options.pollMs ?? 50, fault), fault);
  };

const makeStore = (
  db: Database.Database,
  pollMs: number,
  fault: (cause: unknown) => StoreFault,
): EventStore => {
  const reading = makeReading(db);
  const snapshots = makeSnapshots(db);
  const changes = makeChanges(db, pollMs);
  const commits = makeGroupCommit(db, fault, changes.announce);
  const id = db.prepare<[], { readonly id: string }>('SELECT id FROM store').get()?.id ?? '';

  const closed = new StoreFault('closed', 'The event store was closed. Open it again.');
  const guarded =
    <A>(read: () => A): TaskEither<StoreFault, A> =>
    async () =>
      db.open ? E.tryCatch(read, fault) : E.left(closed);
  const readAll = (options: ReadAllOptions) => {
    if (!db.open) throw closed;
    return reading.all(checkLimit(options));
  };

  return {
    storeId: guarded(() => id),
    append: (stream, expected, events) => async () => {
      if (!db.open) return E.left(closed);
      const request = E.tryCatch(
        () => ({ stream, expected, events: checkAppend(stream, expected, events).map(rendered) }),
        fault,
      );
      return E.isLeft(request) ? request : commits.append(request.right);
    },
    readStream: (stream, options) => guarded(() => reading.stream(stream, checkLimit(options))),
    readAll: (options) => guarded(() => reading.all(checkLimit(options))),
    head: guarded(reading.head),
    subscribe: (options) => ({
      async *[Symbol.asyncIterator]() {
        try {
          yield* subscription(readAll, changes, options);
        } catch (cause) {
          throw fault(cause);
        }
      },
    }),
    loadSnapshot: (stream) => guarded(() => snapshots.load(stream)),
    saveSnapshot: (stream, snapshot) => guarded(() => snapshots.save(stream, snapshot)),
    clock: guarded(() => Date.now()),
    close: async () => {
      if (!db.open) return;
      commits.flush();
      db.close();
      changes.announce();
    },
  };
};
