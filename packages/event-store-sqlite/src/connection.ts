import { openSqlite, preparePrivateFile, type SqliteConnection } from '@keyturn/sqlite';
import { prepareSchema } from './schema';

/** WAL files are cut back to this after a checkpoint, so that one large burst does not keep its disk space. */
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/**
 * Opens the file and makes the connection durable: with `synchronous=FULL` a commit is on disk when it returns (the
 * driver's own default for WAL is not).
 */
export const openConnection = (file: string, create: boolean): SqliteConnection => {
  preparePrivateFile(file, { create });
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
