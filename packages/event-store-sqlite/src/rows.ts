import { StoreFault, type RecordedEvent } from '@keyturn/event-store';

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

/** @throws StoreFault `corrupt`, naming stream and revision, for a row that does not hold JSON */
export const recordedEvent = ([
  position,
  stream,
  revision,
  id,
  type,
  data,
  metadata,
  recordedAt,
]: EventRow): RecordedEvent => {
  const parsed = (column: 'data' | 'metadata', text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      // Without the parser's error as cause: it quotes what is stored.
      throw new StoreFault(
        'corrupt',
        `Event ${revision} (${type}) of stream ${stream} has ${column} that is no JSON: ` +
          'the store was damaged or edited. Restore it from a backup.',
      );
    }
  };
  return {
    id,
    type,
    data: parsed('data', data),
    metadata: parsed('metadata', metadata),
    stream,
    revision,
    position: BigInt(position),
    recordedAt,
  };
};
