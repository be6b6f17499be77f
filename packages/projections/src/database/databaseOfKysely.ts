import { isSqliteValue, type SqliteConnection, type SqliteValue } from '@keyturn/sqlite';
import type { SqliteDatabase } from 'kysely';

/** Kysely gives its parameters without a type. */
const valuesOf = (parameters: ReadonlyArray<unknown>): ReadonlyArray<SqliteValue> =>
  parameters.map((value) => {
    if (isSqliteValue(value)) return value;
    throw new TypeError(`SQLite has no type for a ${typeof value}.`);
  });

/** A connection that answers Kysely's queries. It reads: what gives no rows is refused. */
export const databaseOfKysely = (connection: SqliteConnection): SqliteDatabase => ({
  prepare: (sql) => {
    const statement = connection.prepare(sql);
    return {
      reader: true,
      all: (parameters) => [...statement.all(...valuesOf(parameters))],
      run: () => {
        throw new Error(`a reader writes nothing: ${sql}`);
      },
      iterate: () => {
        throw new Error(`answers are read as a whole: ${sql}`);
      },
    };
  },
  close: () => connection.close(),
});
