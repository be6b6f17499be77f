import * as t from 'io-ts';
import { readRecord, writeRecord } from './dataRecord';

const Stored = t.strict({ eventStore: t.literal('eventstoredb'), storeId: t.string });

/** The id of the store that has a data directory's events on a server; null where they lie in it. */
export const readEventStoreRecord = (path: string): string | null =>
  readRecord(path, 'event store', Stored)?.storeId ?? null;

export const writeEventStoreRecord = (path: string, storeId: string): void =>
  writeRecord(path, Stored.encode({ eventStore: 'eventstoredb', storeId }));
