export { SqliteConnection, SqliteStatement } from './connection';
export type { OpenOptions } from './driver';
export { requireOwnWay } from './files/directories';
export { requireOwner } from './files/owners';
export { preparePrivateFile, requireNoLink } from './files/privateFile';
export { isUnsafeFile, UnsafeFile } from './files/unsafeFile';
export { openSqlite } from './openSqlite';
export { alterations, type KnownSchema } from './schema/alterations';
export {
  keptFormats,
  type FormatRefusal,
  type KeptFormats,
  type NumberedStep,
  type TakenFormats,
} from './schema/keptFormats';
export { schemaMadeBy, schemaOf, type SchemaObject } from './schema/schemaObjects';
export { SqliteError, type SqliteErrorCode } from './sqliteError';
export { isSqliteValue, type SqliteChanges, type SqliteValue } from './values';
