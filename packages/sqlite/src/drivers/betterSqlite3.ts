import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Driver, DriverStatement, RowShape } from '../driver';
import { SqliteError } from '../sqliteError';
import type { SqliteValue } from '../values';

type Library = typeof Database;
type Values = ReadonlyArray<SqliteValue>;

const isLibrary = (loaded: unknown): loaded is Library => typeof loaded === 'function';

/** What to do where the driver is missing, was not built, or was built for another Node. */
const CURE = [
  'npm: npm rebuild better-sqlite3',
  'yarn 4, which builds nothing by itself: "dependenciesMeta": { "better-sqlite3": { "built": true } } ' +
    'in package.json, then yarn rebuild better-sqlite3',
  'pnpm 10, which builds nothing by itself: pnpm approve-builds, or "onlyBuiltDependencies: [better-sqlite3]" ' +
    'in pnpm-workspace.yaml, then pnpm rebuild better-sqlite3',
  'where no ready-made binary can be had it is compiled, which needs python3, make and g++',
  'or use Node 24 or newer, which has SQLite in itself',
].join('; ');

let library: Library | undefined;

const load = (): Library => {
  try {
    // On first use: from Node 24 on it must not be loaded at all.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const loaded: unknown = require('better-sqlite3');
    if (!isLibrary(loaded)) throw new Error('it is no class');
    // Its native part is loaded by the first database.
    new loaded(':memory:').close();
    return loaded;
  } catch (cause) {
    throw new SqliteError(
      'Below Node 24 SQLite comes with the package better-sqlite3, ' +
        `and Node ${process.versions.node} can't load that here. ${CURE}.`,
      'no-driver',
      { cause },
    );
  }
};

const statementOf = <Row>(statement: Database.Statement<Values[], Row>): DriverStatement<Row> => ({
  run: (values) => statement.run(values),
  get: (values) => statement.get(values),
  all: (values) => statement.all(values),
});

const messageOf = (cause: object): string => ('message' in cause ? String(cause.message) : '');

const isResult = (code: unknown): code is `SQLITE_${string}` =>
  typeof code === 'string' && code.startsWith('SQLITE_');

/** What Node below 24 needs, compiled or ready-made. */
export const betterSqlite3: Driver = {
  name: 'better-sqlite3',
  open: (file, { create, readonly, busyTimeoutMs }) => {
    library ??= load();
    if (file !== ':memory:' && !existsSync(dirname(file))) {
      throw new SqliteError(`the directory of ${file} does not exist`, 'SQLITE_CANTOPEN');
    }
    const database = new library(file, { fileMustExist: !create, readonly, timeout: busyTimeoutMs });
    return {
      inTransaction: () => database.inTransaction,
      prepare: <Row>(sql: string, shape: RowShape) => {
        const statement = database.prepare<Values[], Row>(sql);
        if (statement.reader && shape !== 'object') statement[shape]();
        return statementOf(statement);
      },
      exec: (sql) => {
        database.exec(sql);
      },
      pragma: (text) => database.pragma(text, { simple: true }),
      backup: async (to) => {
        await database.backup(to);
      },
      close: () => {
        database.close();
      },
    };
  },
  // By its members: the native part is loaded once, and throws the error class of whoever loaded it first.
  errorOf: (cause) =>
    typeof cause === 'object' && cause !== null && 'code' in cause && isResult(cause.code)
      ? { code: cause.code, message: messageOf(cause) }
      : null,
};
