import type { RecordedEvent } from '@keyturn/event-store';

/** An event as somebody puts it who can write the store, past the product. */
export type Written = Pick<RecordedEvent, 'id' | 'type' | 'data' | 'metadata' | 'revision' | 'recordedAt'>;

/** Streams by their names, each as a whole. */
export type Streams = ReadonlyMap<string, ReadonlyArray<Written>>;
