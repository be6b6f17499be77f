import {
  alterations,
  keptFormats,
  schemaMadeBy,
  schemaOf,
  type FormatRefusal,
  type NumberedStep,
  type SchemaObject,
  type SqliteConnection,
  type TakenFormats,
} from '@keyturn/sqlite';
import { randomUUID } from 'node:crypto';

/** "KTES" in ASCII: tells an event store from any other SQLite file. */
const APPLICATION_ID = 0x4b544553;

// Where a stream ends is read from the index of its revisions: kept nowhere else, it can't disagree with the events.
const FIRST_TABLES = `
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
) STRICT, WITHOUT ROWID`;

/** By `user_version`. What a file of one has is what its steps make of the first. */
export const FORMATS = keptFormats(1, [
  {
    adds: 'the release that it needs',
    needsRelease: '0.1.0',
    statements: ['ALTER TABLE store ADD COLUMN needs_release TEXT'],
  },
]);

const tablesOf = (format: number): string => [FIRST_TABLES, ...FORMATS.statementsTo(format)].join(';\n');

/** The file is a database, but no event store. */
export class ForeignFile extends Error {}

/** The file is an event store's, of another format than the one that is asked for. */
export class OtherFormat extends Error {
  constructor({ code, why }: FormatRefusal) {
    super(`The event store ${why}.`);
    this.faultCode = code ?? 'corrupt';
  }
  readonly faultCode: 'migration-needed' | 'newer-version' | 'corrupt';
}

/** The file is an event store's, and has something in it that no event store has. */
export class AlteredSchema extends Error {}

const numberOf = (db: SqliteConnection, pragma: string): number => Number(db.pragma(pragma));

const known = new Map<number, ReadonlyArray<SchemaObject>>();

const knownOf = (format: number): ReadonlyArray<SchemaObject> => {
  const objects = known.get(format) ?? schemaMadeBy(tablesOf(format));
  known.set(format, objects);
  return objects;
};

/** Throws {@link AlteredSchema} for anything but what a file of this format has: a trigger could swallow an append. */
const requireKnownSchema = (db: SqliteConnection, format: number): void => {
  const found = alterations(schemaOf(db), { required: knownOf(format) });
  if (found.length === 0) return;
  throw new AlteredSchema(
    `The schema is not the one that we made: ${found.join('; ')}. It could swallow or change what is appended, so ` +
      'nothing is read or written: find out who made it, and undo that, or restore a backup of before.',
  );
};

/** What the file says of the release that it needs. A format to come may have it elsewhere. */
const saidRelease = (db: SqliteConnection): unknown => {
  try {
    return db.pluck('SELECT needs_release FROM store').get();
  } catch {
    return null;
  }
};

/** Gives the format of an event store, whose schema is known. @throws ForeignFile, OtherFormat, AlteredSchema */
const requireFormat = (db: SqliteConnection, taken: TakenFormats): number => {
  if (numberOf(db, 'application_id') !== APPLICATION_ID) {
    throw new ForeignFile('It is a SQLite database, but no event store. Name another file.');
  }
  const format = numberOf(db, 'user_version');
  const refusal = FORMATS.refusal(format, saidRelease(db), taken);
  if (refusal !== null) throw new OtherFormat(refusal);
  requireKnownSchema(db, format);
  return format;
};

/**
 * Gives a check for inside a transaction, which nobody else changes the schema in: it looks at all of it once SQLite
 * says that it was changed since. A trigger that SQLite does not say this of acts on no connection that is open.
 */
export const schemaGuard = (db: SqliteConnection): (() => void) => {
  const version = db.pluck('PRAGMA schema_version');
  let seen: unknown;
  return () => {
    const now = version.get();
    if (now === seen) return;
    requireFormat(db, 'present');
    seen = now;
  };
};

/**
 * Gives the file's format. Makes the tables if the file has none, but where any kept format will do: nothing is made
 * for a migration or a copy. Two processes may do so at once.
 *
 * @throws ForeignFile, OtherFormat, AlteredSchema
 */
export const prepareSchema = (db: SqliteConnection, taken: TakenFormats): number =>
  db.transaction('immediate', () => {
    const isNew = Number(db.pluck('SELECT count(*) FROM sqlite_schema').get()) === 0;
    if (!isNew || taken === 'kept' || numberOf(db, 'user_version') > 0) return requireFormat(db, taken);
    db.exec(tablesOf(FORMATS.present));
    db.prepare('INSERT INTO store (id, needs_release) VALUES (?, ?)').run(randomUUID(), FORMATS.needsRelease);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${FORMATS.present}`);
    return requireFormat(db, 'present');
  });

/**
 * Takes a step: all of it, or nothing. To be called where nobody else has the file since its schema was looked at.
 *
 * @throws AlteredSchema
 */
export const takeStep = (db: SqliteConnection, { to, statements, needsRelease }: NumberedStep): void =>
  db.transaction('immediate', () => {
    for (const statement of statements) db.exec(statement);
    db.prepare('UPDATE store SET needs_release = ?').run(needsRelease);
    db.pragma(`user_version = ${to}`);
    requireKnownSchema(db, to);
  });
