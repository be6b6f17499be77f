import { openSqlite, SqliteConnection, SqliteStatement } from '@keyturn/sqlite';
import { join } from 'node:path';
import { replaced } from '../replaced';
import { namesOf, TABLES, type Row, type Value, type VaultHomes, type VaultTables } from './vaultTables';

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

const WHOLE_FILE = /\bVACUUM\b[^;]*\bINTO\b/i;

/** On every connection but these. All connections of the process share the prototypes. */
const watchStatements =
  (own: ReadonlyArray<SqliteConnection>): VaultTables['watch'] =>
  ({ rows: told, strange }) => {
    const undo = [
      ...['get', 'all'].map((method) =>
        replaced(SqliteStatement.prototype, method, (call, self) => {
          const rows = call();
          if (self instanceof SqliteStatement && !own.includes(self.connection)) told(self.sql, rows);
          return rows;
        }),
      ),
      ...['exec', 'prepare', 'raw', 'pluck'].map((method) =>
        replaced(SqliteConnection.prototype, method, (call, _, [sql]) => {
          if (WHOLE_FILE.test(String(sql))) strange('a whole file, by VACUUM INTO');
          return call();
        }),
      ),
    ];
    return () => {
      for (const putBack of undo) putBack();
    };
  };

/** The vault's two files on connections of one's own. */
export const openSqliteTables = (directory: string): VaultTables => {
  const [vault, keys] = ['vault.sqlite', 'vault-keys.sqlite'].map((file) => {
    const db = openSqlite(join(directory, file), { busyTimeoutMs: 5_000 });
    db.pragma('synchronous = OFF');
    db.pragma('secure_delete = ON');
    return db;
  });
  if (vault === undefined || keys === undefined) throw new Error('There are two files.');
  const of = (table: string): SqliteConnection => (table.startsWith('data_keys') ? keys : vault);
  const prepared = new Map<string, SqliteStatement>();
  const statement = (table: string, sql: string): SqliteStatement => {
    const made = prepared.get(sql) ?? of(table).prepare(sql);
    prepared.set(sql, made);
    return made;
  };

  return {
    read: (workspaceIds) =>
      Promise.resolve(
        TABLES.flatMap((table) =>
          workspaceIds.flatMap((workspaceId) =>
            statement(table, `SELECT * FROM ${table} WHERE workspace_id = ?`)
              .all(workspaceId)
              .map((row) => ({ table, row: rowOf(row) })),
          ),
        ),
      ),
    replace: (taken, put) => {
      const run = (): void => {
        for (const lying of taken) {
          const names = namesOf(lying);
          const where = Object.keys(names).map((name) => `${name} = ?`);
          statement(lying.table, `DELETE FROM ${lying.table} WHERE ${where.join(' AND ')}`).run(
            ...Object.values(names),
          );
        }
        for (const { table, row } of put) {
          const columns = Object.keys(row);
          const places = columns.map(() => '?').join(', ');
          statement(table, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(
            ...Object.values(row),
          );
        }
      };
      vault.transaction('immediate', () => keys.transaction('immediate', run));
      return Promise.resolve();
    },
    rename: (from, to) => {
      of(from).exec(`ALTER TABLE ${from} RENAME TO ${to}`);
      return Promise.resolve();
    },
    watch: watchStatements([vault, keys]),
    close: () => {
      vault.close();
      keys.close();
      return Promise.resolve();
    },
  };
};

/** In the vault's own directory. */
export const SQLITE: VaultHomes = () =>
  Promise.resolve({ server: undefined, tables: openSqliteTables, close: () => Promise.resolve() });
