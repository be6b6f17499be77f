import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from './journal';
import type { LogRecord } from './record';

const FORMAT = 1n;

const SCHEMA = `
  CREATE TABLE record (
    position INTEGER PRIMARY KEY,
    next     INTEGER NOT NULL,
    stream   TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    is_json  INTEGER NOT NULL,
    data     BLOB    NOT NULL,
    metadata BLOB    NOT NULL,
    created  INTEGER NOT NULL
  ) STRICT;
  PRAGMA user_version = ${FORMAT.toString()};
`;

interface Row {
  readonly position: bigint;
  readonly next: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly is_json: bigint;
  readonly data: Buffer;
  readonly metadata: Buffer;
  readonly created: bigint;
}

const recordOf = ({ is_json: isJson, created, ...row }: Row): LogRecord => ({
  ...row,
  isJson: isJson === 1n,
  created: Number(created),
});

const rowOf = ({ isJson, created, data, metadata, ...record }: LogRecord): Row => ({
  ...record,
  is_json: isJson ? 1n : 0n,
  created: BigInt(created),
  data: Buffer.from(data),
  metadata: Buffer.from(metadata),
});

const prepare = (db: Database.Database): void => {
  db.defaultSafeIntegers(true);
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const format = db.pragma('user_version', { simple: true });
  if (format === 0n) db.exec(`BEGIN; ${SCHEMA} COMMIT`);
  else if (format !== FORMAT)
    throw new Error(`Its format is ${String(format)}, and this release knows ${FORMAT}.`);
};

/** Keeps the log in `esdb.sqlite` in the directory, which is made when it is missing. One server at a time may use it. */
export const openSqliteJournal = (directory: string): Journal => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'esdb.sqlite');
  const db = new Database(file, { timeout: 0 });
  try {
    prepare(db);
  } catch (cause) {
    db.close();
    throw new Error(`The log ${file} can't be opened. Is another server using it?`, { cause });
  }
  const insert = db.prepare<Row>(
    `INSERT INTO record VALUES (@position, @next, @stream, @revision, @id, @type, @is_json, @data, @metadata, @created)`,
  );
  return {
    load: function* () {
      for (const row of db.prepare<[], Row>('SELECT * FROM record ORDER BY position').iterate()) {
        yield recordOf(row);
      }
    },
    write: db.transaction((records: ReadonlyArray<LogRecord>) => {
      for (const record of records) insert.run(rowOf(record));
    }),
    close: () => db.close(),
  };
};
