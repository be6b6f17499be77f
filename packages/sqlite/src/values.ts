import { types } from 'node:util';

/** What a parameter may be. Bytes come back as a `Buffer`. */
export type SqliteValue = null | number | bigint | string | Uint8Array;

/** What a statement did that gives no rows. */
export interface SqliteChanges {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** Whether SQLite has a type for it. */
export const isSqliteValue = (value: unknown): value is SqliteValue => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return true;
    default:
      return value === null || types.isUint8Array(value);
  }
};
