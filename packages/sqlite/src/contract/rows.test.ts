import { describe, expect, test } from '@jest/globals';
import { driversHere } from '../testSupport/driversHere';
import { onDriver } from '../testSupport/onDriver';

describe.each(driversHere)('rows ($name)', (driver) => {
  const { withTable } = onDriver(driver);
  test('as objects, as arrays, and by their first value', () => {
    const connection = withTable();
    const insert = connection.prepare('INSERT INTO t (i, s) VALUES (?, ?)');
    expect(insert.run(1, 'one')).toMatchObject({ changes: 1, lastInsertRowid: 1 });
    expect(insert.run(2, 'two')).toMatchObject({ changes: 1, lastInsertRowid: 2 });
    const query = 'SELECT i, s FROM t WHERE i >= ? ORDER BY i';
    expect(connection.prepare(query).all(1)).toEqual([
      { i: 1, s: 'one' },
      { i: 2, s: 'two' },
    ]);
    expect(connection.raw(query).all(1)).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    expect(connection.pluck(query).all(1)).toEqual([1, 2]);
    expect(connection.prepare(query).get(2)).toEqual({ i: 2, s: 'two' });
    expect(connection.raw(query).get(2)).toEqual([2, 'two']);
    expect(connection.pluck(query).get(2)).toBe(2);
    expect([connection.prepare(query).get(3), connection.raw(query).get(3)]).toEqual([undefined, undefined]);
    expect([connection.pluck(query).get(3), connection.pluck(query).all(3)]).toEqual([undefined, []]);
    expect(connection.prepare('UPDATE t SET s = ?').run('x').changes).toBe(2);
  });

  test('are not asked of what gives none', () => {
    const connection = withTable();
    expect(() => connection.prepare('DELETE FROM t').get()).toThrow('data');
    expect(() => connection.raw('DELETE FROM t').all()).toThrow('data');
    expect(() => connection.pluck('DELETE FROM t').all()).toThrow('data');
  });

  test('a statement that was read once is no lock', () => {
    const connection = withTable();
    connection.exec("INSERT INTO t (s) VALUES ('a'), ('b')");
    connection.prepare('SELECT * FROM t').get();
    connection.raw('SELECT * FROM t').get();
    connection.pluck('SELECT * FROM t').get();
    expect(() => connection.exec('DROP TABLE t; VACUUM')).not.toThrow();
  });
});
