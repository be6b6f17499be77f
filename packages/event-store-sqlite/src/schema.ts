import {
  alterations,
  schemaMadeBy,
  schemaOf,
  type SchemaObject,
  type SqliteConnection,
} from '@keyturn/sqlite';
import { randomUUID } from 'node:crypto';

/** Of the file. A newer one was written by a newer release. */
const SCHEMA_VERSION = 1;

/** "KTES" in ASCII: tells an event store from any other SQLite file. */
const APPLICATION_ID = 0x4b544553;

// Where a stream ends is read from the index of its revisions: kept nowhere else, it can't disagree with the events.
const TABLES = `
CREATE TABLE store (id TEXT NOT NULL) STRICT;
CREATE TABLE streams (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  stream_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  metadata TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  UNIQUE (stream_id, revision)
) STRICT;
CREATE TABLE snapshots (
  stream TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  schema_version INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** The file is a database, but none that this release can use. */
export class ForeignFile extends Error {}

const numberOf = (db: SqliteConnection, pragma: string): number => Number(db.pragma(pragma));

/** The file is an event store's, and has something in it that no event store has. */
export class AlteredSchema extends Error {}

let known: ReadonlyArray<SchemaObject> | undefined;

/** Throws {@link AlteredSchema} for anything but what a new file has: a trigger could swallow an append. */
const requireKnownSchema = (db: SqliteConnection): void => {
  known ??= schemaMadeBy(TABLES);
  const found = alterations(schemaOf(db), { required: known });
  if (found.length === 0) return;
  throw new AlteredSchema(
    `The schema is not the one that we made: ${found.join('; ')}. It could swallow or change what is appended, so ` +
      'nothing is read or written: find out who made it, and undo that, or restore a backup of before.',
  );
};

/**
 * Gives a check for inside a transaction, which nobody else changes the schema in: it looks at all of it once SQLite
 * says that it was changed since. A trigger that SQLite does not say this of acts on no connection that is open.
 */
export const schemaGuard = (db: SqliteConnection): (() => void) => {
  const version = db.pluck('SELECT schema_version FROM pragma_schema_version');
  let seen: unknown;
  return () => {
    const now = version.get();
    if (now === seen) return;
    requireKnownSchema(db);
    seen = now;
  };
};

/**
 * Makes the tables if the file has none. Two processes may do so at once.
 *
 * @throws ForeignFile for a newer schema and for a database of something else; AlteredSchema
 */
export const prepareSchema = (db: SqliteConnection): void =>
  db.transaction('immediate', () => {
    const version = numberOf(db, 'user_version');
    const application = numberOf(db, 'application_id');
    const tables = Number(db.pluck('SELECT count(*) FROM sqlite_schema').get());
    if (tables > 0 && application !== APPLICATION_ID) {
      throw new ForeignFile('It is a SQLite database, but no event store. Name another file.');
    }
    if (version > SCHEMA_VERSION) {
      throw new ForeignFile(
        `It has schema version ${version}, made by a newer release; this one knows ${SCHEMA_VERSION}. ` +
          'Use the newer release.',
      );
    }
    if (version === SCHEMA_VERSION) return requireKnownSchema(db);
    db.exec(TABLES);
    requireKnownSchema(db);
    db.prepare('INSERT INTO store (id) VALUES (?)').run(randomUUID());
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
