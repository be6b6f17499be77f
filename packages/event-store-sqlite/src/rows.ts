import type { RecordedEvent } from '@keyturn/event-store';

/**
 * An event as its table has it, with the name of its stream, in the order of {@link EVENT_COLUMNS}. A tuple: for the
 * driver, a row as an object costs twice as much.
 */
export type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  eventId: string,
  type: string,
  data: string,
  metadata: string,
  recordedAt: number,
];

/** The columns of an {@link EventRow}, of events `e` and streams `s`. */
export const EVENT_COLUMNS =
  'e.position, s.name, e.revision, e.event_id, e.type, e.data, e.metadata, e.recorded_at';

export const recordedEvent = ([
  position,
  stream,
  revision,
  id,
  type,
  data,
  metadata,
  recordedAt,
]: EventRow): RecordedEvent => ({
  id,
  type,
  data,
  metadata,
  stream,
  revision,
  position: BigInt(position),
  recordedAt,
});
