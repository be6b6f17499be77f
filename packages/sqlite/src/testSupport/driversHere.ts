import type { Driver } from '../driver';
import { betterSqlite3 } from '../drivers/betterSqlite3';
import { nodeSqlite } from '../drivers/nodeSqlite';

const [major = 0] = process.versions.node.split('.').map(Number);

/** What this process may load: better-sqlite3 12 aborts Node 24 and newer, and Node 20 has no SQLite of its own. */
export const driversHere: ReadonlyArray<Driver> = [
  ...(major < 24 ? [betterSqlite3] : []),
  ...(major >= 22 ? [nodeSqlite] : []),
];
