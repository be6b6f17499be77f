import type { Driver, DriverConnection, DriverStatement, OpenOptions, RowShape } from './driver';
import { checkValues, countParameters } from './parameters';
import { SqliteError } from './sqliteError';
import type { SqliteChanges, SqliteValue } from './values';

type Values = ReadonlyArray<SqliteValue>;

/** `immediate` holds the write lock from the start of the transaction, `deferred` takes locks as it needs them. */
type TransactionMode = 'deferred' | 'immediate';

/**
 * A prepared statement. Takes exactly as many values as its SQL has `?`. Another number is a RangeError, and a value
 * that SQLite has no type for is a TypeError, whatever the driver.
 *
 * An integer beyond 2^53 is to be selected as text: one driver rounds it, the other refuses it.
 */
export class SqliteStatement<P extends Values = Values, Row = unknown> {
  constructor(
    readonly connection: SqliteConnection,
    readonly sql: string,
    private readonly statement: DriverStatement<Row>,
    private readonly count: number,
    private readonly failed: (cause: unknown) => unknown,
  ) {}

  /** For SQL that gives no rows. */
  run(...values: P): SqliteChanges {
    checkValues(this.sql, this.count, values);
    try {
      return this.statement.run(values);
    } catch (cause) {
      throw this.failed(cause);
    }
  }

  /** The first row. */
  get(...values: P): Row | undefined {
    checkValues(this.sql, this.count, values);
    try {
      return this.statement.get(values);
    } catch (cause) {
      throw this.failed(cause);
    }
  }

  /** All rows. */
  all(...values: P): ReadonlyArray<Row> {
    checkValues(this.sql, this.count, values);
    try {
      return this.statement.all(values);
    } catch (cause) {
      throw this.failed(cause);
    }
  }
}

/** An open database. What SQLite refuses is thrown as a {@link SqliteError}. */
export class SqliteConnection {
  readonly readonly: boolean;
  private readonly driver: Driver;
  private readonly database: DriverConnection;
  private readonly steps = new Map<string, SqliteStatement>();
  private open = true;

  /** @throws SqliteError */
  constructor(
    driver: Driver,
    readonly file: string,
    { create = true, readonly = false, busyTimeoutMs = 5_000 }: OpenOptions,
  ) {
    this.driver = driver;
    this.readonly = readonly;
    try {
      this.database = driver.open(file, { create: create && !readonly, readonly, busyTimeoutMs });
    } catch (cause) {
      throw this.failed(cause);
    }
  }

  get isOpen(): boolean {
    return this.open;
  }

  get inTransaction(): boolean {
    return this.open && this.database.inTransaction();
  }

  /** A statement whose rows are objects. Their type is what the caller says of the SQL: it is not checked. */

  prepare<P extends Values = Values, Row = unknown>(sql: string): SqliteStatement<P, Row> {
    return this.statement<P, Row>(sql, 'object');
  }

  /** A statement whose rows are arrays, in the order of its columns: much faster where there are many. */

  raw<P extends Values = Values, Row extends ReadonlyArray<unknown> = ReadonlyArray<unknown>>(
    sql: string,
  ): SqliteStatement<P, Row> {
    return this.statement<P, Row>(sql, 'raw');
  }

  /** A statement of whose rows the first column is given. */

  pluck<P extends Values = Values, Value = unknown>(sql: string): SqliteStatement<P, Value> {
    return this.statement<P, Value>(sql, 'pluck');
  }

  /** Runs statements that take no values. */
  exec(sql: string): void {
    try {
      this.database.exec(sql);
    } catch (cause) {
      throw this.failed(cause);
    }
  }

  /**
   * Reads or sets a pragma, and gives the first column of its first row. That of `wal_checkpoint` tells whether
   * somebody was in the way.
   *
   * @example
   * connection.pragma('journal_mode = WAL'); // 'wal'
   */
  pragma(text: string): unknown {
    try {
      return this.database.pragma(text);
    } catch (cause) {
      throw this.failed(cause);
    }
  }

  /** Does `body` in a transaction, which is rolled back if it throws. Transactions do not nest. */
  transaction<A>(mode: TransactionMode, body: () => A): A {
    this.step(mode === 'immediate' ? 'BEGIN IMMEDIATE' : 'BEGIN').run();
    try {
      const result = body();
      if (result instanceof Promise) throw new TypeError('a transaction ends before a promise does');
      this.step('COMMIT').run();
      return result;
    } catch (cause) {
      // SQLite has rolled back by itself after some errors.
      if (this.inTransaction) this.step('ROLLBACK').run();
      throw cause;
    }
  }

  /**
   * Copies the whole database into a file that is empty or not there, some pages at a time: others read and write
   * meanwhile. Within a transaction that has read, the copy is of what that transaction sees.
   *
   * @example
   * connection.exec('BEGIN');
   * connection.pluck('SELECT count(*) FROM events').get(); // the copy is of this moment
   * await connection.backup('/backup/events.sqlite');
   */
  async backup(file: string): Promise<void> {
    try {
      await this.database.backup(file);
    } catch (cause) {
      throw this.failed(cause);
    }
  }

  /** Closes the file. A second time nothing happens. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    this.steps.clear();
    this.database.close();
  }

  private step(sql: string): SqliteStatement {
    const made = this.steps.get(sql) ?? this.prepare(sql);
    this.steps.set(sql, made);
    return made;
  }

  private statement<P extends Values, Row>(sql: string, shape: RowShape): SqliteStatement<P, Row> {
    const count = countParameters(sql);
    try {
      const made = this.database.prepare<Row>(sql, shape);
      return new SqliteStatement<P, Row>(this, sql, made, count, (cause) => this.failed(cause));
    } catch (cause) {
      throw this.failed(cause);
    }
  }

  /** What is thrown in the place of what the driver threw. */
  private failed(cause: unknown): unknown {
    if (!this.open) return new SqliteError(`the database ${this.file} was closed`, 'closed', { cause });
    const failure = this.driver.errorOf(cause);
    return failure === null ? cause : new SqliteError(failure.message, failure.code, { cause });
  }
}
