import type { SqliteConnection } from '@keyturn/sqlite';
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Columns, RowOf } from './columns';
import { prepare } from './queryBuilder';
import type { ReadModelTables } from './tables';

type Value = string | number | bigint | null;
type Values = Readonly<Record<string, Value>>;

/** A prepared statement whose values are bound by their names: two of them can't change places. */
export interface NamedStatement<Row> {
  readonly run: (values: Values) => void;
  readonly get: (values: Values) => Row | undefined;
}

/** Where a value goes that is bound by its name. */
export const bind = <T = string>(name: string): RawBuilder<T> => sql.raw(`@${name}`);

/** Drivers bind by place alone: each name's place is read off the statement itself, once. */
export const prepareNamed = <Row>(
  database: SqliteConnection,
  query: { readonly compile: () => CompiledQuery<Row> },
): NamedStatement<Row> => {
  const names: string[] = [];
  const compiled = query.compile();
  const placed = compiled.sql.replace(/@([a-z0-9_]+)/g, (_, name: string) => {
    names.push(name);
    return '?';
  });
  const statement = prepare<Row>(database, { compile: () => ({ ...compiled, sql: placed }) });
  const inPlace = (values: Values): ReadonlyArray<Value> =>
    names.map((name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`no value named ${name} for: ${placed}`);
      return value;
    });
  return {
    run: (values) => {
      statement.run(...inPlace(values));
    },
    get: (values) => statement.get(...inPlace(values)),
  };
};

const assigned = (columns: ReadonlyArray<string>): ReadonlyArray<RawBuilder<unknown>> =>
  columns.map((column) => sql`${sql.ref(column)} = ${bind(column)}`);

/** Inserts a whole row. */
export const prepareInsert = <C extends Columns>(
  database: SqliteConnection,
  db: Kysely<ReadModelTables>,
  table: keyof ReadModelTables,
  columns: C,
): ((row: RowOf<C> & Values) => void) => {
  const names = Object.keys(columns);
  const statement = sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    values (${sql.join(names.map((name) => bind(name)))})`;
  return prepareNamed(database, { compile: () => statement.compile(db) }).run;
};

/**
 * Updates the row with the same `key`, given as a whole. Columns outside `settled` are written: one that is forgotten
 * there is written once too often, never left out.
 */
export const prepareUpdate = <C extends Columns>(
  database: SqliteConnection,
  db: Kysely<ReadModelTables>,
  table: keyof ReadModelTables,
  columns: C,
  { key, settled }: Readonly<Record<'key' | 'settled', ReadonlyArray<keyof C & string>>>,
): ((row: RowOf<C> & Values) => void) => {
  const fixed: ReadonlySet<string> = new Set([...key, ...settled]);
  const changing = Object.keys(columns).filter((name) => !fixed.has(name));
  const statement = sql`update ${sql.table(table)} set ${sql.join(assigned(changing))}
    where ${sql.join(assigned(key), sql` and `)}`;
  return prepareNamed(database, { compile: () => statement.compile(db) }).run;
};
