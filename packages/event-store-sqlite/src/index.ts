export { openEventsCopy, type CopiedHead, type EventsCopy } from './eventsCopy';
export { openSqliteEventStore, type SqliteEventStoreOptions } from './sqliteEventStore';
