import Database from 'better-sqlite3';
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

const propertyOf = (statement: unknown, name: 'source' | 'database'): unknown =>
  typeof statement === 'object' && statement !== null ? Reflect.get(statement, name) : null;

const isIterable = (u: unknown): u is Iterable<unknown> =>
  typeof u === 'object' && u !== null && Symbol.iterator in u;

const databasePrototype = (): object => {
  const found: unknown = Reflect.get(Database, 'prototype');
  if (typeof found !== 'object' || found === null) throw new Error('Databases have no prototype to watch.');
  return found;
};

/** All connections of the process share it. */
const statementPrototype = (): object => {
  const db = new Database(':memory:');
  const prototype = Reflect.getPrototypeOf(db.prepare('SELECT 1'));
  db.close();
  if (prototype === null) throw new Error('Statements have no prototype to watch.');
  return prototype;
};

/** On every connection but these. */
const watchStatements =
  (own: ReadonlyArray<unknown>): VaultTables['watch'] =>
  ({ rows: told, strange }) => {
    const isOwn = (statement: unknown): boolean => own.includes(propertyOf(statement, 'database'));
    const tell = (statement: unknown, rows: unknown): void =>
      told(String(propertyOf(statement, 'source')), rows);
    function* telling(statement: unknown, rows: Iterable<unknown>): Generator {
      for (const row of rows) {
        tell(statement, row);
        yield row;
      }
    }
    const statements = statementPrototype();
    const undo = [
      ...['get', 'all'].map((method) =>
        replaced(statements, method, (call, self) => {
          const rows = call();
          if (!isOwn(self)) tell(self, rows);
          return rows;
        }),
      ),
      replaced(statements, 'iterate', (call, self) => {
        const rows = call();
        return isIterable(rows) && !isOwn(self) ? telling(self, rows) : rows;
      }),
      ...['serialize', 'backup'].map((method) =>
        replaced(databasePrototype(), method, (call) => {
          strange(`a whole file, by ${method}`);
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
    const db = new Database(join(directory, file), { timeout: 5_000 });
    db.pragma('synchronous = OFF');
    db.pragma('secure_delete = ON');
    return db;
  });
  if (vault === undefined || keys === undefined) throw new Error('There are two files.');
  const of = (table: string): Database.Database => (table.startsWith('data_keys') ? keys : vault);
  const prepared = new Map<string, Database.Statement>();
  const statement = (table: string, sql: string): Database.Statement => {
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
      vault.transaction(() => keys.transaction(run).immediate()).immediate();
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
