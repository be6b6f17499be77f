export { openSqliteEventStore, type SqliteEventStoreOptions } from './sqliteEventStore';
