import { openSqlite, preparePrivateFile, type SqliteConnection, type TakenFormats } from '@keyturn/sqlite';
import { prepareSchema } from './schema';

/** WAL files are cut back to this after a checkpoint, so that one large burst does not keep its disk space. */
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

interface Access {
  /** Whether a missing file is made. */
  readonly create: boolean;
  /** The present one when left out. */
  readonly formats?: TakenFormats;
  /** Nobody else has the file open, or can open it, until it is closed. */
  readonly exclusive?: boolean;
}

/**
 * Opens the file and makes the connection durable: with `synchronous=FULL` a commit is on disk when it returns (the
 * driver's own default for WAL is not).
 */
export const openConnection = (
  file: string,
  { create, formats = 'present', exclusive = false }: Access,
): SqliteConnection => {
  preparePrivateFile(file, { create });
  // No waiting inside SQLite, which would hold up the whole process: `whenNotBusy` waits without.
  const db = openSqlite(file, { create, busyTimeoutMs: 0 });
  try {
    // Before anything is read. Whoever has a file open with WAL has a lock on it all the time.
    if (exclusive) db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    // On macOS a plain fsync leaves data in the drive's cache.
    db.pragma('fullfsync = ON');
    db.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
    prepareSchema(db, formats);
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
};
