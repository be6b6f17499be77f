import {
  conflictOf,
  firstRevision,
  StoreFault,
  type AppendConflict,
  type AppendResult,
  type EventData,
  type ExpectedRevision,
} from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';

/** One append, to be done inside a transaction that is open already. */
export type AppendInTransaction = (
  stream: string,
  expected: ExpectedRevision,
  events: ReadonlyArray<EventData>,
) => E.Either<AppendConflict, AppendResult>;

interface StreamRow {
  readonly id: number;
  /** -1 for a stream without events. */
  readonly revision: number;
}

type NewEvent = [
  streamId: number,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
  recordedAt: number,
];

const swallowed = (stream: string, revision: number): StoreFault =>
  new StoreFault(
    'corrupt',
    `Event ${revision} of stream ${stream} was not written, and SQLite says that it was: something else in the file ` +
      'keeps events out, such as a trigger. Nothing of this append was written.',
  );

export const makeAppendInTransaction = (db: SqliteConnection): AppendInTransaction => {
  const findStream = db.prepare<[string], StreamRow>(
    `SELECT id, coalesce(
       (SELECT revision FROM events WHERE stream_id = streams.id ORDER BY revision DESC LIMIT 1), -1
     ) AS revision FROM streams WHERE name = ?`,
  );
  const addStream = db.prepare<[string]>('INSERT INTO streams (name) VALUES (?)');
  const addEvent = db.prepare<NewEvent>(
    `INSERT INTO events (stream_id, revision, event_id, type, data, metadata, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const eventsFrom = db.prepare<
    [number, number, number],
    { readonly event_id: string; readonly position: number }
  >('SELECT event_id, position FROM events WHERE stream_id = ? AND revision >= ? ORDER BY revision LIMIT ?');

  /** The same append sent earlier: its ids stand where they would have been written. */
  const earlier = (
    streamId: number,
    first: number,
    events: ReadonlyArray<EventData>,
  ): AppendResult | null => {
    const stored = eventsFrom.all(streamId, first, events.length);
    const last = stored[events.length - 1];
    return last !== undefined && stored.every(({ event_id }, index) => event_id === events[index]?.id)
      ? { revision: first + events.length - 1, position: BigInt(last.position) }
      : null;
  };

  const write = (stream: string, row: StreamRow, events: ReadonlyArray<EventData>): AppendResult => {
    const recordedAt = Date.now();
    let { revision } = row;
    let position: number | bigint = 0;
    for (const { id, type, data, metadata } of events) {
      revision += 1;
      const written = addEvent.run(row.id, revision, id, type, data, metadata, recordedAt);
      if (written.changes !== 1) throw swallowed(stream, revision);
      position = written.lastInsertRowid;
    }
    return { revision, position: BigInt(position) };
  };

  return (stream, expected, events) => {
    const row = findStream.get(stream);
    const actual = row === undefined || row.revision < 0 ? 'no-stream' : row.revision;
    const conflict = conflictOf(stream, expected, actual);
    if (conflict === null) {
      return E.right(
        write(stream, row ?? { id: Number(addStream.run(stream).lastInsertRowid), revision: -1 }, events),
      );
    }
    const first = firstRevision(expected);
    const result = row === undefined || first === null ? null : earlier(row.id, first, events);
    return result === null ? E.left(conflict) : E.right(result);
  };
};
