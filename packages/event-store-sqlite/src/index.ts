export { openEventsCopy, type CopiedHead, type EventsCopy } from './eventsCopy';
export { migrateSqliteEventStore, readSqliteEventStoreFormat, type EventStoreFormat } from './migrate';
export { openSqliteEventStore, type SqliteEventStoreOptions } from './sqliteEventStore';
