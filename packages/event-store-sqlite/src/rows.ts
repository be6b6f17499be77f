import { StoreFault, type RecordedEvent } from '@keyturn/event-store';

/** An event as its table has it, with the name of its stream. */
export interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly event_id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly recorded_at: number;
}

const parsed = (row: EventRow, column: 'data' | 'metadata'): unknown => {
  try {
    return JSON.parse(row[column]);
  } catch {
    // Without the parser's error as cause: it quotes what is stored.
    throw new StoreFault(
      'corrupt',
      `Event ${row.revision} (${row.type}) of stream ${row.stream} has ${column} that is no JSON: the store was damaged or edited. Restore it from a backup.`,
    );
  }
};

/** @throws StoreFault `corrupt`, naming stream and revision, for a row that does not hold JSON */
export const recordedEvent = (row: EventRow): RecordedEvent => ({
  id: row.event_id,
  type: row.type,
  data: parsed(row, 'data'),
  metadata: parsed(row, 'metadata'),
  stream: row.stream,
  revision: row.revision,
  position: BigInt(row.position),
  recordedAt: row.recorded_at,
});
