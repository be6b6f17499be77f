export { SqliteConnection, SqliteStatement } from './connection';
export type { OpenOptions } from './driver';
export { openSqlite } from './openSqlite';
export { SqliteError, type SqliteErrorCode } from './sqliteError';
export { isSqliteValue, type SqliteChanges, type SqliteValue } from './values';
