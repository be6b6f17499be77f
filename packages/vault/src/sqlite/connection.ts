import { openSqlite, preparePrivateFile, type SqliteConnection } from '@keyturn/sqlite';
import { existsSync } from 'node:fs';
import { VaultFault } from '../faults';
import { CREATE_KEYS, FORMATS, vaultTables } from './schema';

export type Connection = SqliteConnection;

/** Both files of a vault. */
export interface Connections {
  readonly vault: Connection;
  readonly keys: Connection;
}

/** Deployment, workspace keys, sealed secrets. */
export const VAULT_FILE = 'vault.sqlite';
/** Data keys alone: a small file, that a shred can rewrite as a whole. */
export const KEYS_FILE = 'vault-keys.sqlite';

/**
 * `secure_delete` is off by default and counts per connection; `synchronous` drops to NORMAL with WAL in this build of
 * SQLite. `temp_store` keeps what VACUUM sorts out of temporary files.
 */
const configure = (db: Connection): void => {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('trusted_schema = OFF');
};

const connect = (path: string, busyMs: number, exclusive: boolean): Connection => {
  const db = openSqlite(path, { create: false, busyTimeoutMs: busyMs });
  try {
    // Before anything is read. Whoever has a file open with WAL has a lock on it all the time.
    if (exclusive) db.pragma('locking_mode = EXCLUSIVE');
    configure(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const isMade = (db: Connection): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'deployment'").get() !== undefined;

const create = (path: string, schema: string, busyMs: number): Connection => {
  preparePrivateFile(path, { create: true });
  const db = connect(path, busyMs, false);
  try {
    db.transaction('immediate', () => {
      if (!isMade(db)) db.exec(schema);
    });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Opens or makes the database of the deployment. Throws what SQLite throws, and an `UnsafeFile`. */
export const createVaultFile = (path: string, busyMs: number): Connection =>
  create(path, vaultTables(FORMATS.present), busyMs);

/** Opens or makes the database of the data keys. Throws what SQLite throws, and an `UnsafeFile`. */
export const createKeysFile = (path: string, busyMs: number): Connection => create(path, CREATE_KEYS, busyMs);

/**
 * Opens a database that must be there: a missing one is never made anew. `exclusive`: nobody else has it open, or can
 * open it, until it is closed.
 */
export const openFile = (path: string, busyMs: number, exclusive = false): Connection => {
  if (!existsSync(path)) {
    throw new VaultFault(
      'not-initialised',
      `there is no vault here (${path} is missing): create one, or name the right directory`,
    );
  }
  preparePrivateFile(path, { create: false });
  return connect(path, busyMs, exclusive);
};
