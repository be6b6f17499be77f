import type { AllPage, Position, ReadAllOptions, ReadStreamOptions, StreamPage } from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';
import { EVENT_COLUMNS, recordedEvent, type EventRow } from './rows';

/** Events that one read with a prefix looks at, at most: bounds the time where hardly any match. */
const LOOKED_AT = 20_000;

/** The reads of one connection. Each holds a page at most. */
export interface Reading {
  readonly stream: (stream: string, options: ReadStreamOptions) => StreamPage;
  readonly all: (options: ReadAllOptions) => AllPage;
  readonly head: () => Position | null;
}

/**
 * A read first looks where the stream, or the store, ends, and then no further. So a page and its `end` agree without a
 * transaction, whatever is appended meanwhile.
 */
export const makeReading = (db: SqliteConnection): Reading => {
  const headOfStream = db.prepare<[string], { readonly id: number; readonly head: number | null }>(
    `SELECT id, (SELECT revision FROM events WHERE stream_id = streams.id ORDER BY revision DESC LIMIT 1) AS head
     FROM streams WHERE name = ?`,
  );
  const pageOfStream = (order: 'ASC' | 'DESC') =>
    db.raw<[number, number, number, number], EventRow>(
      `SELECT ${EVENT_COLUMNS} FROM events e JOIN streams s ON s.id = e.stream_id
       WHERE e.stream_id = ? AND e.revision BETWEEN ? AND ? ORDER BY e.revision ${order} LIMIT ?`,
    );
  const forwards = pageOfStream('ASC');
  const backwards = pageOfStream('DESC');

  const newest = db.pluck<[], number | null>('SELECT max(position) FROM events');
  // CROSS JOIN keeps SQLite to the order of positions, however few streams match.
  const pageOfAll = db.raw<[number, number, number], EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events e CROSS JOIN streams s ON s.id = e.stream_id
     WHERE e.position > ? AND e.position <= ? ORDER BY e.position LIMIT ?`,
  );
  const pageWithPrefix = db.raw<[number, number, string, string, number], EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events e CROSS JOIN streams s ON s.id = e.stream_id
     WHERE e.position > ? AND e.position <= ? AND substr(s.name, 1, length(?)) = ? ORDER BY e.position LIMIT ?`,
  );

  const stream: Reading['stream'] = (name, { direction, from, limit }) => {
    const found = headOfStream.get(name);
    if (found === undefined || found.head === null) return { events: [], end: true };
    const { id, head } = found;
    const rows =
      direction === 'forwards'
        ? forwards.all(id, from ?? 0, head, limit)
        : backwards.all(id, 0, Math.min(from ?? head, head), limit);
    const events = rows.map(recordedEvent);
    const last = events.at(-1);
    const end = last === undefined || last.revision === (direction === 'forwards' ? head : 0);
    return { events, end };
  };

  const pageOfIds = db.raw<[number, number, string, string, string, string, string, number], EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events e CROSS JOIN streams s ON s.id = e.stream_id
     WHERE e.position > ? AND e.position <= ? AND substr(s.name, 1, length(?)) = ?
       AND length(s.name) BETWEEN length(?) + 1 AND length(?) + 64
       AND substr(s.name, length(?) + 1) NOT GLOB '*[^-A-Za-z0-9_]*' ORDER BY e.position LIMIT ?`,
  );

  const pageOf = (
    { streamPrefix: prefix = '', streamSuffix, limit }: ReadAllOptions,
    [start, until]: readonly [number, number],
  ): ReadonlyArray<EventRow> => {
    if (streamSuffix === 'id')
      return pageOfIds.all(start, until, prefix, prefix, prefix, prefix, prefix, limit);
    return prefix === ''
      ? pageOfAll.all(start, until, limit)
      : pageWithPrefix.all(start, until, prefix, prefix, limit);
  };

  const all: Reading['all'] = (options) => {
    const { after, streamPrefix = '', streamSuffix, limit } = options;
    const head = newest.get() ?? 0;
    const start = Number(after ?? 0n);
    if (start >= head) return { events: [], readTo: after ?? null, end: true };
    const isFiltered = streamPrefix !== '' || streamSuffix !== undefined;
    const until = isFiltered ? Math.min(head, start + LOOKED_AT) : head;
    const events = pageOf(options, [start, until]).map(recordedEvent);
    const readTo = (events.length === limit ? events.at(-1)?.position : undefined) ?? BigInt(until);
    return { events, readTo, end: readTo >= head };
  };

  return {
    stream,
    all,
    head: () => {
      const position = newest.get() ?? null;
      return position === null ? null : BigInt(position);
    },
  };
};
