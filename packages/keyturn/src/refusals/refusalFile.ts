import { openSqlite, preparePrivateFile, type SqliteConnection } from '@keyturn/sqlite';
import { SetupFault } from '../deployment/setupFault';

/** "KTRF": marks the file, so that another database is never written into. */
const APPLICATION_ID = 0x4b54_5246;
const FORMAT = 1;
/** A line is written in far less. While somebody holds the file, whoever is refused must not be kept waiting. */
const BUSY_MS = 100;

const SCHEMA = `
CREATE TABLE refusals (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  workspace_id TEXT,
  actor_kind TEXT,
  actor_id TEXT,
  origin_ref TEXT,
  action TEXT NOT NULL,
  key_id TEXT,
  run_id TEXT,
  code TEXT NOT NULL
) STRICT;
CREATE INDEX refusals_by_workspace ON refusals (workspace_id, sequence);
CREATE INDEX refusals_by_key ON refusals (key_id, sequence) WHERE key_id IS NOT NULL;
CREATE INDEX refusals_by_time ON refusals (at);
CREATE TABLE refusal_hours (
  hour INTEGER NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  workspace_id TEXT NOT NULL,
  lines INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  PRIMARY KEY (hour, actor_kind, actor_id, workspace_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE refusal_totals (hour INTEGER PRIMARY KEY, lines INTEGER NOT NULL) STRICT;
CREATE TABLE refusals_held (
  workspace_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, key_id, case_id)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${FORMAT};
PRAGMA application_id = ${APPLICATION_ID};
`;

const isEmpty = (database: SqliteConnection): boolean =>
  database.pragma('application_id') === 0 &&
  database.pluck<[], number>('SELECT count(*) FROM sqlite_master').get() === 0;

/** @throws SetupFault `not-accessible` for a file of something else, or of a newer release */
const requireOurs = (database: SqliteConnection, file: string): void => {
  if (database.pragma('application_id') !== APPLICATION_ID) {
    throw new SetupFault(
      'not-accessible',
      `${file} is a database of something else: move it away. Refused attempts are kept there.`,
    );
  }
  if (database.pragma('user_version') !== FORMAT) {
    throw new SetupFault(
      'not-accessible',
      `${file} was written by another release of Keyturn. Upgrade this one.`,
    );
  }
};

/**
 * Opens the file of refused attempts; where it is to be written, it is made when it is new.
 *
 * @throws SetupFault, and what SQLite and the file system say
 */
export const openRefusalFile = (file: string, { readonly = false } = {}): SqliteConnection => {
  if (!readonly) preparePrivateFile(file, { create: true });
  const database = openSqlite(file, { readonly, busyTimeoutMs: BUSY_MS });
  try {
    if (!readonly) {
      // A crash of the machine may lose the last lines. A crash of the process loses none.
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.transaction('immediate', () => {
        if (isEmpty(database)) database.exec(SCHEMA);
      });
    }
    requireOurs(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};
