import type { AppendConflict, AppendResult, EventData, ExpectedRevision } from '@keyturn/event-store';
import type Database from 'better-sqlite3';
import * as E from 'fp-ts/Either';

/** One append, its events rendered before the transaction begins. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ReadonlyArray<{
    readonly id: string;
    readonly type: string;
    readonly data: string;
    readonly metadata: string;
  }>;
}

interface StreamRow {
  readonly id: number;
  readonly revision: number;
}

type Appended = E.Either<AppendConflict, AppendResult>;

const fits = (expected: ExpectedRevision, stream: StreamRow | undefined): boolean => {
  if (expected === 'any') return true;
  if (expected === 'no-stream') return stream === undefined;
  return stream !== undefined && (expected === 'stream-exists' || expected === stream.revision);
};

/** Renders an event's JSON, as it will stand in the file. */
export const rendered = (event: EventData): AppendRequest['events'][number] => ({
  id: event.id,
  type: event.type,
  data: JSON.stringify(event.data),
  metadata: JSON.stringify(event.metadata),
});

/** Makes the function that does one append inside a transaction that is open already. */
export const makeAppendInTransaction = (
  db: Database.Database,
): ((request: AppendRequest, now: number) => Appended) => {
  const findStream = db.prepare<[string], StreamRow>('SELECT id, revision FROM streams WHERE name = ?');
  const addStream = db.prepare('INSERT INTO streams (name, revision) VALUES (?, -1)');
  const moveStream = db.prepare('UPDATE streams SET revision = ? WHERE id = ?');
  const addEvent = db.prepare(
    'INSERT INTO events (stream_id, revision, event_id, type, data, metadata, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const eventsFrom = db.prepare<
    [number, number, number],
    { readonly event_id: string; readonly position: number }
  >('SELECT event_id, position FROM events WHERE stream_id = ? AND revision >= ? ORDER BY revision LIMIT ?');

  /** The same append made earlier: the same ids right behind the same expectation. */
  const earlier = (request: AppendRequest, stream: StreamRow | undefined): AppendResult | null => {
    const { expected, events } = request;
    if (stream === undefined || expected === 'any' || expected === 'stream-exists') return null;
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const stored = eventsFrom.all(stream.id, first, events.length);
    const last = stored[events.length - 1];
    return last !== undefined && stored.every(({ event_id }, index) => event_id === events[index]?.id)
      ? { revision: first + events.length - 1, position: BigInt(last.position) }
      : null;
  };

  return (request, now) => {
    const { stream: name, expected, events } = request;
    const stream = findStream.get(name);
    if (!fits(expected, stream)) {
      const first = earlier(request, stream);
      if (first !== null) return E.right(first);
      return E.left({
        _tag: 'AppendConflict',
        stream: name,
        expected: expected === 'any' ? 'stream-exists' : expected,
        actual: stream?.revision ?? 'no-stream',
      });
    }
    const id = stream?.id ?? Number(addStream.run(name).lastInsertRowid);
    let revision = stream?.revision ?? -1;
    let position: number | bigint = 0;
    for (const event of events) {
      revision += 1;
      position = addEvent.run(
        id,
        revision,
        event.id,
        event.type,
        event.data,
        event.metadata,
        now,
      ).lastInsertRowid;
    }
    moveStream.run(revision, id);
    return E.right({ revision, position: BigInt(position) });
  };
};
