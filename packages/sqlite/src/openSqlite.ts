import { SqliteConnection } from './connection';
import type { Driver, OpenOptions } from './driver';
import { betterSqlite3 } from './drivers/betterSqlite3';
import { nodeSqlite } from './drivers/nodeSqlite';

/** From here on Node's own SQLite is stable, and better-sqlite3 12 aborts when it is garbage-collected. */
const FIRST_NODE_WITH_SQLITE = 24;

const driver: Driver =
  Number.parseInt(process.versions.node, 10) >= FIRST_NODE_WITH_SQLITE ? nodeSqlite : betterSqlite3;

/**
 * Opens a database file with the SQLite that this Node has; it is loaded now, if it was not before. `:memory:` is a
 * database without a file. Never open a file that another SQLite library of this process has open: closing either loses
 * the locks of both.
 *
 * @throws SqliteError `no-driver` with what to install, or what SQLite says of the file (`SQLITE_CANTOPEN`, …)
 *
 * @example
 * const connection = openSqlite('events.sqlite', { busyTimeoutMs: 0 });
 * const names = connection.pluck<[number], string>('SELECT name FROM streams WHERE id > ?').all(0);
 * connection.close();
 */
export const openSqlite = (file: string, options: OpenOptions = {}): SqliteConnection =>
  new SqliteConnection(driver, file, options);
