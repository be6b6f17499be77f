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

/** The last millisecond of RFC 3339's years. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * The columns of an {@link EventRow}, of events `e` and streams `s`. Nothing vouches for a recorded time: one that no
 * clock of ours gives, and that nobody could write, is read as the nearest one.
 */
export const EVENT_COLUMNS =
  'e.position, s.name, e.revision, e.event_id, e.type, e.data, e.metadata, ' +
  `max(0, min(${LATEST}, e.recorded_at))`;

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
