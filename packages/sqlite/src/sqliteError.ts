/**
 * SQLite's name of a result (`SQLITE_BUSY_SNAPSHOT`, https://www.sqlite.org/rescode.html), or one of ours: `closed` for
 * a connection that was closed, `no-driver` where this Node has no SQLite.
 */
export type SqliteErrorCode = `SQLITE_${string}` | 'closed' | 'no-driver';

/** What SQLite refused, by its code. The message may hold a statement, never a value. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';

  constructor(
    message: string,
    readonly code: SqliteErrorCode,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
