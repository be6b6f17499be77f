import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';
import { closeSync, openSync } from 'node:fs';
import { prepareSchema } from './schema';

/** WAL files are cut back to this after a checkpoint, so that one large burst does not keep its disk space. */
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/** SQLite gives its `-wal` and `-shm` files the mode of the database file, so it is enough to make that one. */
const makePrivateFile = (file: string): void => closeSync(openSync(file, 'a', 0o600));

/**
 * Opens the file and makes the connection durable: with `synchronous=FULL` a commit is on disk when it returns (the
 * driver's own default for WAL is not).
 */
export const openConnection = (file: string, create: boolean): SqliteConnection => {
  if (create) makePrivateFile(file);
  // No waiting inside SQLite, which would hold up the whole process: `whenNotBusy` waits without.
  const db = openSqlite(file, { create, busyTimeoutMs: 0 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // On macOS a plain fsync leaves data in the drive's cache.
    db.pragma('fullfsync = ON');
    db.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
    prepareSchema(db);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
};
