import { afterEach, expect, jest, test } from '@jest/globals';
import type * as betterSqlite3 from './drivers/betterSqlite3';
import { openSqlite } from './openSqlite';

type Isolated = typeof betterSqlite3;

const [major = 0] = process.versions.node.split('.').map(Number);

afterEach(() => {
  jest.dontMock('better-sqlite3');
});

test('from Node 24 on Node’s own SQLite opens files, below it better-sqlite3', () => {
  const loaded: string[] = [];
  const connection = openSqlite(':memory:');
  for (const path of Object.keys(require.cache)) loaded.push(path);
  connection.close();
  expect(loaded.some((path) => path.includes('better-sqlite3'))).toBe(major < 24);
});

test('where better-sqlite3 is missing, one fault names it and the cure', () => {
  jest.isolateModules(() => {
    jest.doMock('better-sqlite3', () => {
      throw Object.assign(new Error("Cannot find module 'better-sqlite3'"), { code: 'MODULE_NOT_FOUND' });
    });
    const isolated = jest.requireActual<Isolated>('./drivers/betterSqlite3');
    const open = () =>
      isolated.betterSqlite3.open(':memory:', { create: true, readonly: false, busyTimeoutMs: 0 });
    for (const words of [
      'better-sqlite3',
      'npm rebuild',
      'approve-builds',
      'onlyBuiltDependencies',
      'python3',
      'Node 24',
    ]) {
      expect(open).toThrow(words);
    }
    expect(open).toThrow(expect.objectContaining({ code: 'no-driver' }));
  });
});
