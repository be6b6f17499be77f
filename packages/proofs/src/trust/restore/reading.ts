import { readFileSync } from 'node:fs';
import { workspaceOfStream } from '@keyturn/domain';
import { openSqlite } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { ReadTable, StoredEvent } from './facts';

const Row = t.type({ name: t.string, revision: t.number, type: t.string, data: t.string });

const objectIn = (text: string): object => {
  const data: unknown = JSON.parse(text);
  if (typeof data !== 'object' || data === null) throw new Error('An event has no data.');
  return data;
};

const ofKeyrings = (
  events: ReadonlyArray<Readonly<{ stream: string; revision: number; type: string; data: string }>>,
): ReadonlyArray<StoredEvent> =>
  events.flatMap(({ stream, revision, type, data }) => {
    const workspaceId = workspaceOfStream(stream);
    return workspaceId === null ? [] : [{ workspaceId, revision, type, data: objectIn(data) }];
  });

/** The events in an SQLite file, in their order. */
export const sqliteLog = (file: string): ReadonlyArray<StoredEvent> => {
  const db = openSqlite(file, { readonly: true });
  try {
    const rows = db
      .prepare(
        `SELECT name, CAST(revision AS INTEGER) AS revision, type, data
         FROM events JOIN streams ON streams.id = stream_id ORDER BY position`,
      )
      .all();
    return ofKeyrings(
      rows.map((row) => {
        const decoded = Row.decode(row);
        if (E.isLeft(decoded)) throw new Error(`${file} has an event of another shape.`);
        const { name: stream, ...event } = decoded.right;
        return { stream, ...event };
      }),
    );
  } finally {
    db.close();
  }
};

const LogRecord = t.type({ stream: t.string, revision: t.string, type: t.string, data: t.string });
const Batch = t.array(LogRecord);

/** The events in the file that the wire server keeps its log in. */
export const wireLog = (file: string): ReadonlyArray<StoredEvent> => {
  const [, ...lines] = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return ofKeyrings(
    lines.flatMap((line) => {
      const batch = Batch.decode(JSON.parse(line));
      if (E.isLeft(batch)) throw new Error('The server keeps its log in another form.');
      return batch.right.map(({ stream, revision, type, data }) => ({
        stream,
        revision: Number(revision),
        type,
        data: Buffer.from(data, 'base64').toString('utf8'),
      }));
    }),
  );
};

/** The tables of a vault in a directory. */
export const sqliteTables =
  (directory: string): ReadTable =>
  (table, columns) => {
    const db = openSqlite(`${directory}/${table === 'data_keys' ? 'vault-keys' : 'vault'}.sqlite`, {
      readonly: true,
    });
    try {
      const texts = columns.map((column) => `CAST(${column} AS TEXT) AS ${column}`).join(', ');
      const rows = db.prepare(`SELECT ${texts} FROM ${table}`).all();
      return Promise.resolve(
        rows.map((row) => columns.map((column) => String(Reflect.get(Object(row), column)))),
      );
    } finally {
      db.close();
    }
  };
