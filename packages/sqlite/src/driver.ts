import type { SqliteChanges, SqliteValue } from './values';

/** How a file is opened. */
export interface OpenOptions {
  /** Whether a missing file is made. Default true; never when `readonly`. */
  readonly create?: boolean;
  /** Whether writing is refused. Default false. */
  readonly readonly?: boolean;
  /** How long a lock of another connection is waited for, in milliseconds; the process waits with it. Default 5,000. */
  readonly busyTimeoutMs?: number;
}

/** How a row comes back: by the names of its columns, as an array, or its first value alone. */
export type RowShape = 'object' | 'raw' | 'pluck';

/** A prepared statement of a driver. Its values were checked. */
export interface DriverStatement<Row> {
  readonly run: (values: ReadonlyArray<SqliteValue>) => SqliteChanges;
  readonly get: (values: ReadonlyArray<SqliteValue>) => Row | undefined;
  readonly all: (values: ReadonlyArray<SqliteValue>) => ReadonlyArray<Row>;
}

/** An open file of a driver. */
export interface DriverConnection {
  readonly inTransaction: () => boolean;
  // What a statement gives is in its SQL, and said by whoever wrote it.

  readonly prepare: <Row>(sql: string, shape: RowShape) => DriverStatement<Row>;
  readonly exec: (sql: string) => void;
  /** The first column of the first row, if there is one. */
  readonly pragma: (text: string) => unknown;
  /** Copies all of it into an empty file, some pages at a time. In a transaction that is what the transaction sees. */
  readonly backup: (file: string) => Promise<void>;
  readonly close: () => void;
}

/** One SQLite library. Both keep the tests in `contract`. */
export interface Driver {
  readonly name: 'node:sqlite' | 'better-sqlite3';
  /** @throws what the library throws; `errorOf` knows it */
  readonly open: (file: string, options: Required<OpenOptions>) => DriverConnection;
  /** SQLite's own error in what the library threw; null for anything else. */
  readonly errorOf: (cause: unknown) => SqliteFailure | null;
}

/** The code and the text of an error of SQLite. */
interface SqliteFailure {
  readonly code: `SQLITE_${string}`;
  readonly message: string;
}
