import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { Driver, DriverStatement, RowShape } from '../driver';
import { nameOfResult } from '../resultCodes';
import { SqliteError } from '../sqliteError';
import type { SqliteChanges, SqliteValue } from '../values';

/** What is used of `node:sqlite`. Our types of Node are those of the oldest, which has none of it. */
interface StatementSync<Row> {
  readonly run: (...values: ReadonlyArray<SqliteValue>) => SqliteChanges;
  readonly get: (...values: ReadonlyArray<SqliteValue>) => Row | undefined;
  readonly all: (...values: ReadonlyArray<SqliteValue>) => Array<Row>;
  readonly columns: () => ReadonlyArray<unknown>;
  readonly setReturnArrays: (on: boolean) => void;
}
interface DatabaseSync {
  readonly isTransaction: boolean;

  readonly prepare: <Row>(sql: string) => StatementSync<Row>;
  readonly exec: (sql: string) => void;
  readonly close: () => void;
}
interface Library {
  readonly DatabaseSync: new (
    file: string | URL,
    options: { readonly readOnly: boolean; readonly timeout: number },
  ) => DatabaseSync;
  readonly backup: (source: DatabaseSync, file: string) => Promise<number>;
}

const isLibrary = (loaded: unknown): loaded is Library =>
  typeof loaded === 'object' && loaded !== null && 'DatabaseSync' in loaded;

const loadLibrary = (): Library => {
  // A bundler that does not know the module leaves this alone.
  const loaded: unknown = process.getBuiltinModule('node:sqlite');
  if (isLibrary(loaded)) return loaded;
  throw new SqliteError(
    `Node ${process.versions.node} was built without SQLite: use an official build of it.`,
    'no-driver',
  );
};

/** The same memory, as the other driver gives it. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Makes the bytes of a row Buffers, in place. */
const withBuffers = <Row>(row: Row): Row => {
  if (typeof row !== 'object' || row === null) return row;
  for (const name in row) {
    const value: unknown = row[name];
    if (types.isUint8Array(value)) Reflect.set(row, name, bufferOf(value));
  }
  return row;
};

/** The other driver does not read what gives no rows; this library does, in silence. */
const readerOf = (statement: StatementSync<unknown>, sql: string): (() => void) => {
  let givesRows: boolean | undefined;
  return () => {
    givesRows ??= statement.columns().length > 0;
    if (!givesRows) throw new TypeError(`This statement does not return data: ${sql}`);
  };
};

const rows = <Row>(statement: StatementSync<Row>, sql: string): DriverStatement<Row> => {
  const checkReader = readerOf(statement, sql);
  return {
    run: (values) => statement.run(...values),
    get: (values) => {
      checkReader();
      return withBuffers(statement.get(...values));
    },
    all: (values) => {
      checkReader();
      const all = statement.all(...values);
      for (const row of all) withBuffers(row);
      return all;
    },
  };
};

/** Gives the first column of the rows of a statement that gives arrays. */
const plucked = <Value>({ run, get, all }: DriverStatement<[Value]>): DriverStatement<Value> => ({
  run,
  get: (values) => get(values)?.[0],
  all: (values) => all(values).map(([value]) => value),
});

const arrays = <Row>(database: DatabaseSync, sql: string): DriverStatement<Row> => {
  const statement = database.prepare<Row>(sql);
  statement.setReturnArrays(true);
  return rows(statement, sql);
};

/** A plain path could be taken for a URL, and has no way to say that the file must be there. */
const locationOf = (file: string, create: boolean): string | URL => {
  if (file === ':memory:') return file;
  const url = pathToFileURL(resolve(file));
  if (!create) url.searchParams.set('mode', 'rw');
  return url;
};

/** What Node has in itself from version 24 on: nothing has to be compiled. */
export const nodeSqlite: Driver = {
  name: 'node:sqlite',
  open: (file, { create, readonly, busyTimeoutMs }) => {
    const { DatabaseSync, backup } = loadLibrary();
    const database = new DatabaseSync(locationOf(file, create || readonly), {
      readOnly: readonly,
      timeout: busyTimeoutMs,
    });
    return {
      inTransaction: () => database.isTransaction,
      prepare: <Row>(sql: string, shape: RowShape) => {
        switch (shape) {
          case 'object':
            return rows(database.prepare<Row>(sql), sql);
          case 'raw':
            return arrays<Row>(database, sql);
          case 'pluck':
            return plucked(arrays<[Row]>(database, sql));
        }
      },
      exec: (sql) => database.exec(sql),
      pragma: (text) => {
        const statement = database.prepare<ReadonlyArray<unknown>>(`PRAGMA ${text}`);
        statement.setReturnArrays(true);
        return statement.all()[0]?.[0];
      },
      backup: async (to) => {
        await backup(database, to);
      },
      close: () => database.close(),
    };
  },
  errorOf: (cause) => {
    if (!(typeof cause === 'object' && cause !== null && 'errcode' in cause && 'message' in cause))
      return null;
    return typeof cause.errcode === 'number'
      ? { code: nameOfResult(cause.errcode), message: String(cause.message) }
      : null;
  },
};
