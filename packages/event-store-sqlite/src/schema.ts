import type Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';

/** Of the file. A newer one was written by a newer release. */
const SCHEMA_VERSION = 1;

const TABLES = `
CREATE TABLE store (id TEXT NOT NULL);
CREATE TABLE streams (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL
);
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
);
CREATE TABLE snapshots (
  stream TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  schema_version INTEGER NOT NULL,
  data TEXT NOT NULL
) WITHOUT ROWID;
`;

/** The file is of a schema that this release does not know. */
export class NewerSchema extends Error {
  constructor(readonly version: number) {
    super(`schema version ${version}`);
  }
}

/**
 * Makes the connection durable (`synchronous=FULL`: what was committed survives a power cut) and the tables, if they are
 * not there. Two processes may do so at once.
 */
export const prepareFile = (db: Database.Database): void => {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.transaction(() => {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > SCHEMA_VERSION) throw new NewerSchema(version);
    if (version === SCHEMA_VERSION) return;
    db.exec(TABLES);
    db.prepare('INSERT INTO store (id) VALUES (?)').run(randomUUID());
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).immediate();
};
