import type { EventStore, StoreFault } from '@keyturn/event-store';
import * as TE from 'fp-ts/TaskEither';
import { whenNotBusy } from './busy';
import { openConnection } from './connection';
import { faultOf } from './sqliteFaults';
import { storeOnConnection } from './storeOnConnection';

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
 * Faults: `not-writable`, `corrupt` (damaged, or no event store), `migration-needed`, `newer-version`, `unavailable`.
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
    async () =>
      storeOnConnection(await whenNotBusy(busyTimeoutMs, () => openConnection(file, { create })), settings),
    (cause) => faultOf(file, cause),
  );
};
