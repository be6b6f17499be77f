import { openSqlite } from '@keyturn/sqlite';
import type { Streams } from './written';

/** Puts events in the place of these streams' rows, by SQL. */
export const rewriteSqlite = (file: string, streams: Streams): void => {
  const db = openSqlite(file, { busyTimeoutMs: 5_000 });
  try {
    const known = db.pluck('SELECT id FROM streams WHERE name = ?');
    const name = db.prepare('INSERT INTO streams (name) VALUES (?)');
    const remove = db.prepare('DELETE FROM events WHERE stream_id = ?');
    const insert = db.prepare(
      `INSERT INTO events (stream_id, revision, event_id, type, data, metadata, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    db.transaction('immediate', () => {
      for (const [stream, events] of streams) {
        if (known.get(stream) === undefined) name.run(stream);
        const id = Number(known.get(stream));
        remove.run(id);
        for (const { revision, id: eventId, type, data, metadata, recordedAt } of events)
          insert.run(id, revision, eventId, type, data, metadata, recordedAt);
      }
    });
  } finally {
    db.close();
  }
};
