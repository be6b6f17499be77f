import type { Database, Statement } from 'better-sqlite3';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Columns, RowOf } from './columns';
import { prepare } from './queryBuilder';
import type { ReadModelTables } from './tables';

/** A value that is bound by its name: `@name`. */
export const bind = <T = string>(name: string): RawBuilder<T> => sql.raw(`@${name}`);

type Table = keyof ReadModelTables;

const named = (columns: ReadonlyArray<string>): ReadonlyArray<RawBuilder<unknown>> =>
  columns.map((column) => sql`${sql.ref(column)} = ${bind(column)}`);

/** Inserts a row given as an object: every column is bound by its own name. */
export const prepareInsert = <C extends Columns>(
  database: Database,
  db: Kysely<ReadModelTables>,
  table: Table,
  columns: C,
): ((row: RowOf<C>) => void) => {
  const names = Object.keys(columns);
  const statement: Statement = prepare(database, {
    compile: () =>
      sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
        values (${sql.join(names.map((name) => bind(name)))})`.compile(db),
  });
  return (row) => {
    statement.run(row);
  };
};

/**
 * Updates the row with the same `key`, given as a whole. Columns outside `settled` are written, each bound by its own
 * name: one that is forgotten here is written once too often, never left out.
 */
export const prepareUpdate = <C extends Columns>(
  database: Database,
  db: Kysely<ReadModelTables>,
  table: Table,
  columns: C,
  { key, settled }: Readonly<Record<'key' | 'settled', ReadonlyArray<keyof C & string>>>,
): ((row: RowOf<C>) => void) => {
  const fixed: ReadonlySet<string> = new Set<string>([...key, ...settled]);
  const changing = Object.keys(columns).filter((name) => !fixed.has(name));
  const statement: Statement = prepare(database, {
    compile: () =>
      sql`update ${sql.table(table)} set ${sql.join(named(changing))}
        where ${sql.join(named(key), sql` and `)}`.compile(db),
  });
  const bound = [...key, ...changing];
  return (row) => {
    statement.run(Object.fromEntries(bound.map((name) => [name, row[name]])));
  };
};
