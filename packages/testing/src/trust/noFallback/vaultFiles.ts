import Database from 'better-sqlite3';
import { join } from 'node:path';

/** A value as SQLite holds it. */
export type Value = string | number | Buffer | null;
export type Row = Readonly<Record<string, Value>>;

/** Names a sealed row. */
export interface Ref {
  readonly workspaceId: string;
  readonly keyId: string;
}

export type Table = 'sealed_secrets' | 'data_keys' | 'workspace_keys';

/** The vault's two files on connections of one's own, as whoever has the disk could open them. */
export interface VaultFiles {
  readonly connections: ReadonlyArray<object>;
  /** The rows of a workspace, or of one of its keys. */
  readonly rows: (table: Table, workspaceId: string, keyId?: string) => ReadonlyArray<Row>;
  readonly insert: (table: Table, row: Row) => void;
  readonly remove: (table: Table, workspaceId: string, keyId?: string) => void;
  /** All changes that it makes at once, in each file. */
  readonly together: (run: () => void) => void;
  readonly rename: (from: string, to: string) => void;
  readonly close: () => void;
}

const isValue = (u: unknown): u is Value =>
  u === null || typeof u === 'string' || typeof u === 'number' || Buffer.isBuffer(u);

const rowOf = (u: unknown): Row => {
  if (typeof u !== 'object' || u === null) throw new Error('A row of the vault is no object.');
  const row: Record<string, Value> = {};
  for (const [name, value] of Object.entries(u)) {
    if (!isValue(value)) throw new Error(`Column ${name} of the vault is of no known type.`);
    row[name] = value;
  }
  return row;
};

export const openVaultFiles = (directory: string): VaultFiles => {
  const [vault, keys] = ['vault.sqlite', 'vault-keys.sqlite'].map((file) => {
    const db = new Database(join(directory, file), { timeout: 5_000 });
    db.pragma('synchronous = OFF');
    db.pragma('secure_delete = ON');
    return db;
  });
  if (vault === undefined || keys === undefined) throw new Error('There are two files.');
  const of = (table: string): Database.Database => (table.startsWith('data_keys') ? keys : vault);
  const named = (keyId: string | undefined): string =>
    `WHERE workspace_id = ?${keyId === undefined ? '' : ' AND key_id = ?'}`;
  const prepared = new Map<string, Database.Statement>();
  const statement = (table: string, sql: string): Database.Statement => {
    const made = prepared.get(sql) ?? of(table).prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  const given = (workspaceId: string, keyId: string | undefined): ReadonlyArray<string> =>
    keyId === undefined ? [workspaceId] : [workspaceId, keyId];

  return {
    connections: [vault, keys],
    rows: (table, workspaceId, keyId) =>
      statement(table, `SELECT * FROM ${table} ${named(keyId)}`)
        .all(...given(workspaceId, keyId))
        .map(rowOf),
    insert: (table, row) => {
      const columns = Object.keys(row);
      const places = columns.map(() => '?').join(', ');
      statement(table, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(
        ...Object.values(row),
      );
    },
    remove: (table, workspaceId, keyId) => {
      statement(table, `DELETE FROM ${table} ${named(keyId)}`).run(...given(workspaceId, keyId));
    },
    together: (run) => {
      vault.transaction(() => keys.transaction(run).immediate()).immediate();
    },
    rename: (from, to) => {
      of(from).exec(`ALTER TABLE ${from} RENAME TO ${to}`);
    },
    close: () => {
      vault.close();
      keys.close();
    },
  };
};
