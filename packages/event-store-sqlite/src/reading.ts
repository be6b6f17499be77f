import type { AllPage, Position, ReadAllOptions, ReadStreamOptions, StreamPage } from '@keyturn/event-store';
import type Database from 'better-sqlite3';
import { EVENT_COLUMNS, recordedEvent, type EventRow } from './rows';

/** The reads of one connection. Each holds a page at most. */
export interface Reading {
  readonly stream: (stream: string, options: ReadStreamOptions) => StreamPage;
  readonly all: (options: ReadAllOptions) => AllPage;
  readonly head: () => Position | null;
}

export const makeReading = (db: Database.Database): Reading => {
  const page = (comparison: string, order: string) =>
    db.prepare<[string, number, number], EventRow>(
      `SELECT ${EVENT_COLUMNS} FROM streams s JOIN events e ON e.stream_id = s.id
       WHERE s.name = ? AND e.revision ${comparison} ? ORDER BY e.revision ${order} LIMIT ?`,
    );
  const forwards = page('>=', 'ASC');
  const backwards = page('<=', 'DESC');
  const after = db.prepare<[bigint, number], EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events e JOIN streams s ON s.id = e.stream_id
     WHERE e.position > ? ORDER BY e.position LIMIT ?`,
  );
  const newest = db.prepare<[], { readonly position: number | null }>(
    'SELECT max(position) AS position FROM events',
  );

  return {
    stream: (stream, { direction, from, limit }) => {
      const rows =
        direction === 'forwards'
          ? forwards.all(stream, from ?? 0, limit + 1)
          : backwards.all(stream, from ?? Number.MAX_SAFE_INTEGER, limit + 1);
      return { events: rows.slice(0, limit).map(recordedEvent), end: rows.length <= limit };
    },
    all: ({ after: position, streamPrefix, limit }) => {
      const rows = after.all(position ?? 0n, limit + 1);
      const looked = rows.slice(0, limit);
      const last = looked[looked.length - 1];
      const matching =
        streamPrefix === undefined ? looked : looked.filter(({ stream }) => stream.startsWith(streamPrefix));
      return {
        events: matching.map(recordedEvent),
        readTo: last === undefined ? (position ?? null) : BigInt(last.position),
        end: rows.length <= limit,
      };
    },
    head: () => {
      const position = newest.get()?.position ?? null;
      return position === null ? null : BigInt(position);
    },
  };
};
