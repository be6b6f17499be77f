import type { Driver } from '../driver';
import { betterSqlite3 } from '../drivers/betterSqlite3';
import { nodeSqlite } from '../drivers/nodeSqlite';

const [major = 0] = process.versions.node.split('.').map(Number);

/** What may be loaded in this process: from Node 24 on better-sqlite3 12 aborts it; below 22 Node has none of its own. */
export const driversHere: ReadonlyArray<Driver> = [
  ...(major < 24 ? [betterSqlite3] : []),
  ...(major >= 22 ? [nodeSqlite] : []),
];
