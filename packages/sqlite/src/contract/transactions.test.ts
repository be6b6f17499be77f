import { describe, expect, test } from '@jest/globals';
import type { SqliteConnection } from '../connection';
import { driversHere } from '../testSupport/driversHere';
import { onDriver } from '../testSupport/onDriver';
import { codeOf } from '../testSupport/thrown';

describe.each(driversHere)('a transaction ($name)', (driver) => {
  const { open, withTable } = onDriver(driver);
  const count = (connection: SqliteConnection): unknown => connection.pluck('SELECT count(*) FROM t').get();

  test.each(['deferred', 'immediate'] as const)('%s: is kept when it ends', (mode) => {
    const connection = withTable();
    const insert = connection.prepare('INSERT INTO t (i) VALUES (?)');
    const result = connection.transaction(mode, () => {
      expect(connection.inTransaction).toBe(true);
      insert.run(1);
      expect(count(open())).toBe(0);
      return 'done';
    });
    expect([result, connection.inTransaction, count(open())]).toEqual(['done', false, 1]);
  });

  test.each(['deferred', 'immediate'] as const)('%s: is undone when it throws', (mode) => {
    const connection = withTable();
    const thrown = new Error('no');
    const run = () =>
      connection.transaction(mode, () => {
        connection.exec('INSERT INTO t (i) VALUES (1)');
        throw thrown;
      });
    expect(run).toThrow(thrown);
    expect(run).toThrow(thrown);
    expect([connection.inTransaction, count(connection)]).toEqual([false, 0]);
  });

  test('that SQLite has rolled back by itself throws what it said', () => {
    const connection = withTable();
    const code = codeOf(() =>
      connection.transaction('immediate', () => {
        connection.exec('CREATE TABLE u (i UNIQUE ON CONFLICT ROLLBACK); INSERT INTO u VALUES (1)');
        connection.exec('INSERT INTO u VALUES (1)');
      }),
    );
    expect([code, connection.inTransaction]).toEqual(['SQLITE_CONSTRAINT_UNIQUE', false]);
  });

  test('immediate takes the write lock at its start, deferred does not', () => {
    const connection = withTable();
    const other = open({ busyTimeoutMs: 0 });
    connection.transaction('deferred', () => {
      expect(other.transaction('immediate', () => 'free')).toBe('free');
    });
    connection.transaction('immediate', () => {
      expect(codeOf(() => other.transaction('immediate', () => 'free'))).toBe('SQLITE_BUSY');
    });
  });

  test('does not nest', () => {
    const connection = withTable();
    const code = codeOf(() =>
      connection.transaction('deferred', () => connection.transaction('deferred', () => 1)),
    );
    expect([code, connection.inTransaction]).toEqual(['SQLITE_ERROR', false]);
  });

  test('does not wait for a promise', () => {
    const connection = withTable();
    expect(() =>
      connection.transaction('immediate', () => {
        connection.exec('INSERT INTO t (i) VALUES (1)');
        return Promise.resolve(1);
      }),
    ).toThrow(TypeError);
    expect(count(connection)).toBe(0);
  });

  test('what a connection reads while another has written since is told as such', () => {
    const connection = withTable();
    connection.pragma('journal_mode = WAL');
    const other = open();
    connection.exec('BEGIN');
    count(connection);
    other.exec('INSERT INTO t (i) VALUES (1)');
    expect(codeOf(() => connection.exec('INSERT INTO t (i) VALUES (2)'))).toBe('SQLITE_BUSY_SNAPSHOT');
  });
});
