import type { SqliteConnection, SqliteStatement, SqliteValue } from '@keyturn/sqlite';
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { GenerationNames } from './generationNames';
import type { ReadModelTables } from './tables';

/**
 * Builds SQL and runs nothing. Writes go through prepared statements of the driver itself: a batch is written
 * synchronously, inside one transaction, with each statement compiled once.
 */
export const queryBuilder = new Kysely<ReadModelTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** The same, for the tables of one generation of a projector. */
export const builderOf = (tables: ReadonlyArray<string>, generation: number): Kysely<ReadModelTables> =>
  queryBuilder.withPlugin(new GenerationNames(tables, generation));

/** Prepares a query whose values are bound anew at each run: every one of them is a `?` or a `@name` written as SQL. */
export const prepare = <Row>(
  database: SqliteConnection,
  query: { readonly compile: () => CompiledQuery<Row> },
): SqliteStatement<ReadonlyArray<SqliteValue>, Row> => {
  const { sql, parameters } = query.compile();
  if (parameters.length > 0) throw new Error(`a value is fixed in a statement that is to be bound: ${sql}`);
  return database.prepare<ReadonlyArray<SqliteValue>, Row>(sql);
};
