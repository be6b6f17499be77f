import { type AliasedRawBuilder, type CreateTableBuilder, type SchemaModule, sql } from 'kysely';
import { instantText } from './instantText';

/**
 * How a view shows a column: as it is; or a time as RFC 3339 text and, `…_ms`, as a number; or as that number alone.
 */
type Shown = 'as-it-is' | 'instant' | 'milliseconds';

/** A column of a table, declared once: its type here and in SQL, and how the view over the table shows it. */
export interface Column<T, S extends Shown = Shown> {
  readonly type: 'text' | 'integer' | 'bigint';
  readonly nullable: boolean;
  readonly shown: S;
  /** What a row holds in it. Never set: only the compiler reads it. */
  readonly holds?: T;
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

export const text = <T extends string = string>(): Column<T, 'as-it-is'> => ({
  type: 'text',
  nullable: false,
  shown: 'as-it-is',
});

export const integer = (): Column<number, 'as-it-is'> => ({
  type: 'integer',
  nullable: false,
  shown: 'as-it-is',
});

/** A position of the event store: it may exceed what a JavaScript number holds exactly. */
export const position = (): Column<bigint | number, 'as-it-is'> => ({
  type: 'bigint',
  nullable: false,
  shown: 'as-it-is',
});

/** Milliseconds since 1970. */
export const instant = (): Column<number, 'instant'> => ({
  type: 'bigint',
  nullable: false,
  shown: 'instant',
});

/** Milliseconds since 1970, which the view shows as that number alone. */
export const milliseconds = (): Column<number, 'milliseconds'> => ({
  type: 'bigint',
  nullable: false,
  shown: 'milliseconds',
});

export const orNull = <T, S extends Shown>(column: Column<T, S>): Column<T | null, S> => ({
  type: column.type,
  nullable: true,
  shown: column.shown,
});

type Held<C> = C extends Column<infer T> ? T : never;

/** A row of a table with these columns. */
export type RowOf<C extends Columns> = { -readonly [N in keyof C]: Held<C[N]> };

/** A row of the view over a table with these columns. */
export type ViewOf<C extends Columns> = {
  [N in keyof C as C[N] extends Column<unknown, 'milliseconds'> ? never : N]: C[N] extends Column<
    unknown,
    'instant'
  >
    ? string | (null extends Held<C[N]> ? null : never)
    : Held<C[N]>;
} & {
  [
    N in keyof C & string as C[N] extends Column<unknown, 'instant' | 'milliseconds'> ? `${N}_ms` : never
  ]: Held<C[N]>;
};

/** The beginning of a statement that creates a table with these columns. */
export const tableOf = (
  schema: SchemaModule,
  table: string,
  columns: Columns,
): CreateTableBuilder<string, string> =>
  Object.entries(columns).reduce<CreateTableBuilder<string, string>>(
    (building, [name, { type, nullable }]) =>
      building.addColumn(name, type, (column) => (nullable ? column : column.notNull())),
    schema.createTable(table),
  );

/** What the view over a table with these columns selects. */
export const shownColumns = (columns: Columns): ReadonlyArray<AliasedRawBuilder<unknown, string>> =>
  Object.entries(columns).flatMap(([name, { shown }]): ReadonlyArray<AliasedRawBuilder<unknown, string>> => {
    const column = sql.ref<number | null>(name);
    if (shown === 'as-it-is') return [column.as(name)];
    const number = column.as(`${name}_ms`);
    return shown === 'milliseconds' ? [number] : [instantText(column).as(name), number];
  });
