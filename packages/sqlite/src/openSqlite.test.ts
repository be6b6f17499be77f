import { expect, test } from '@jest/globals';
import { openSqlite } from './openSqlite';

const [major = 0] = process.versions.node.split('.').map(Number);

test('from Node 24 on Node’s own SQLite opens files, below it better-sqlite3', () => {
  openSqlite(':memory:').close();
  const loaded = Object.keys(require.cache).some((path) => path.includes('better-sqlite3'));
  expect(loaded).toBe(major < 24);
});
