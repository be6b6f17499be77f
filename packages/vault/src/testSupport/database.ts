import { join } from 'node:path';
import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';

/** Runs on one of the vault's files with a connection of its own, as an attacker or a reader would. */
export const onFile = <A>(directory: string, file: string, run: (db: SqliteConnection) => A): A => {
  const db = openSqlite(join(directory, file), { busyTimeoutMs: 2000 });
  try {
    db.pragma('synchronous = OFF');
    return run(db);
  } finally {
    db.close();
  }
};

/** A table's column of sealed or plain bytes. */
export interface BlobColumn {
  readonly file: string;
  readonly table: string;
  readonly column: string;
}

/** The bytes in the table's first row. */
export const blobOf = (directory: string, { file, table, column }: BlobColumn): Buffer =>
  onFile(directory, file, (db) => {
    const value: unknown = db.pluck(`SELECT ${column} FROM ${table} ORDER BY rowid LIMIT 1`).get();
    if (!Buffer.isBuffer(value)) {
      throw new Error(`${table}.${column} has no bytes`);
    }
    return value;
  });

/** Where a vault on SQLite has what it sealed, and the keys for it. */
export const SECRET: BlobColumn = { file: 'vault.sqlite', table: 'sealed_secrets', column: 'sealed' };
export const DATA_KEY: BlobColumn = { file: 'vault-keys.sqlite', table: 'data_keys', column: 'sealed' };

/** All that lies sealed in its files. */
export const blobsOf = (directory: string): ReadonlyArray<Buffer> =>
  [SECRET, DATA_KEY].flatMap(({ file, table, column }) =>
    onFile(directory, file, (db) =>
      db
        .pluck(`SELECT ${column} FROM ${table}`)
        .all()
        .filter((blob) => Buffer.isBuffer(blob)),
    ),
  );
