import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite, preparePrivateFile, type SqliteConnection } from '@keyturn/sqlite';
import { ProjectionFault } from '../faults';
import { faultOfSqlite, sqliteCode } from './sqliteFaults';

/** "KTRM": marks the file as a read model, so that another database is never written into. */
export const APPLICATION_ID = 0x4b54524d;
/** How long a writer waits for another process's batch or index before it gives up. */
const BUSY_MS = 60_000;

/** An open read model: one connection that projects, one that answers queries and never waits for a writer. */
export interface ReadModelFile {
  readonly file: string;
  readonly writer: SqliteConnection;
  readonly reader: SqliteConnection;
  readonly close: () => void;
}

/** Runs `body` in one transaction that holds the write lock from its start. */
export const writeTransaction = <T>(database: SqliteConnection, body: () => T): T =>
  database.transaction('immediate', body);

/** Opens, and creates when it is new. Rejects with a `ProjectionFault`. */
export const openReadModelFile = async (file: string): Promise<ReadModelFile> => {
  let writer: SqliteConnection | undefined;
  try {
    preparePrivateFile(file, { create: true });
    writer = openSqlite(file, { busyTimeoutMs: BUSY_MS });
    // Takes effect on a new file only. Rows are wide: larger pages halve what is written for each.
    writer.pragma('page_size = 8192');
    // On a new file only, too: what a rebuild leaves can be given back little by little.
    writer.pragma('auto_vacuum = INCREMENTAL');
    claim(writer, file);
    await useWriteAheadLog(writer);
    // A crash of the machine may lose the last batches together with their checkpoint: they are projected again.
    writer.pragma('synchronous = NORMAL');
    // Long batches write the same index pages again and again: let them meet in the log before they reach the file.
    writer.pragma('wal_autocheckpoint = 8192');
    writer.pragma('journal_size_limit = 67108864');
    writer.pragma('cache_size = -65536');
    writer.pragma('threads = 2');
    const reader = openSqlite(file, { readonly: true, busyTimeoutMs: BUSY_MS });
    const open = writer;
    return {
      file,
      writer: open,
      reader,
      close: () => {
        reader.close();
        open.close();
      },
    };
  } catch (error) {
    writer?.close();
    throw faultOfSqlite(error, file);
  }
};

export const notAReadModel = (file: string): ProjectionFault =>
  new ProjectionFault(
    'corrupt',
    `${file} is a database of something else, not a read model. Name another file; this one was not touched.`,
  );

/** Inside one transaction: another process may be creating the same file at this moment. */
const claim = (database: SqliteConnection, file: string): void => {
  // A claimed file needs no write lock to be opened: an index that is being built holds it for long.
  if (database.pragma('application_id') === APPLICATION_ID) return;
  writeTransaction(database, () => {
    const owner: unknown = database.pragma('application_id');
    if (owner === APPLICATION_ID) return;
    const tables = database.prepare<[], { n: number }>('select count(*) as n from sqlite_master').get();
    if (owner !== 0 || tables === undefined || tables.n > 0) {
      throw notAReadModel(file);
    }
    database.pragma(`application_id = ${APPLICATION_ID}`);
  });
};

/** The switch needs the file alone for a moment, and SQLite does not wait for that by itself. */
const useWriteAheadLog = async (database: SqliteConnection): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      const busy = sqliteCode(error)?.startsWith('SQLITE_BUSY') === true;
      if (!busy || attempt === 100) throw error;
      await sleep(5 + attempt);
    }
  }
};
