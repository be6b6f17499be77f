import type { SqliteConnection } from '../connection';
import { openSqlite } from '../openSqlite';

/** A table, index, trigger or view, as it stands in `sqlite_schema`. */
export interface SchemaObject {
  readonly type: string;
  readonly name: string;
  /** The table or view that it is on; its own name where it is one. */
  readonly table: string;
  /** The statement that made it. SQLite keeps its text but for `IF NOT EXISTS`; VACUUM leaves it as it is. */
  readonly sql: string;
}

// SQLite's own tables and the indexes of its constraints. Nobody can make a trigger of such a name, but by writing
// `sqlite_schema` itself: so a trigger or a view counts whatever its name.
const SELECT = `
SELECT type, name, tbl_name, sql FROM sqlite_schema
WHERE NOT (lower(substr(name, 1, 7)) = 'sqlite_' AND (type = 'table' OR (type = 'index' AND sql IS NULL)))
ORDER BY type, name`;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** All that stands in the file, names of SQLite's own aside. */
export const schemaOf = (connection: SqliteConnection): ReadonlyArray<SchemaObject> =>
  connection
    .raw(SELECT)
    .all()
    .map(([type, name, table, sql]) => ({
      type: textOf(type),
      name: textOf(name),
      table: textOf(table),
      sql: textOf(sql),
    }));

/** What these statements make of an empty file. */
export const schemaMadeBy = (statements: string): ReadonlyArray<SchemaObject> => {
  const empty = openSqlite(':memory:');
  try {
    empty.exec(statements);
    return schemaOf(empty);
  } finally {
    empty.close();
  }
};
