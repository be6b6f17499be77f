import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SqliteConnection } from '../connection';
import { driversHere } from '../testSupport/driversHere';
import { onDriver } from '../testSupport/onDriver';
import type { SqliteValue } from '../values';

describe.each(driversHere)('values ($name)', (driver) => {
  const { withTable } = onDriver(driver);
  const roundTrip = (connection: SqliteConnection, column: string, value: SqliteValue): unknown => {
    connection.prepare(`INSERT INTO t (${column}) VALUES (?)`).run(value);
    return connection.pluck(`SELECT ${column} FROM t ORDER BY rowid DESC LIMIT 1`).get();
  };

  test('come back as they went in: text, bytes, numbers, null', () => {
    const connection = withTable();
    const text = fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\0'));
    fc.assert(
      fc.property(text, (value) => {
        expect(roundTrip(connection, 's', value)).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        const back = roundTrip(connection, 'b', value);
        expect(Buffer.isBuffer(back) && back.equals(value)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        // SQLite knows no negative zero.
        expect(roundTrip(connection, 'r', value)).toBe(value === 0 ? 0 : value);
      }),
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(roundTrip(connection, 'i', value)).toBe(value === 0 ? 0 : value);
        expect(roundTrip(connection, 'i', BigInt(value))).toBe(value === 0 ? 0 : value);
      }),
    );
    for (const column of ['i', 'r', 's', 'b']) expect(roundTrip(connection, column, null)).toBeNull();
  });

  test('an integer that no number holds is read as text', () => {
    const connection = withTable();
    const insert = connection.prepare('INSERT INTO t (i) VALUES (?)');
    for (const value of [2n ** 63n - 1n, -(2n ** 63n)]) {
      insert.run(value);
      expect(connection.pluck('SELECT CAST(i AS TEXT) FROM t ORDER BY rowid DESC LIMIT 1').get()).toBe(
        String(value),
      );
    }
    expect(() => insert.run(2n ** 63n)).toThrow();
  });

  test('a part of a larger buffer is that part, and what is read is a Buffer in every shape', () => {
    const connection = withTable();
    const part = Buffer.from('abcdef').subarray(2, 4);
    connection.prepare('INSERT INTO t (b) VALUES (?)').run(part);
    const query = 'SELECT b FROM t';
    const all = [
      connection.prepare<[], { b: unknown }>(query).get()?.b,
      connection.prepare<[], { b: unknown }>(query).all()[0]?.b,
      connection.raw(query).get()?.[0],
      connection.raw(query).all()[0]?.[0],
      connection.pluck(query).get(),
      connection.pluck(query).all()[0],
    ];
    expect(all.map((b) => Buffer.isBuffer(b) && b.toString())).toEqual(all.map(() => 'cd'));
  });

  test.each([[undefined], [true], [Symbol('s')], [{}], [[1]], [new Date(0)], [() => 1]])(
    '%p has no type in SQLite: nothing is written',
    (value) => {
      const connection = withTable();
      const insert = connection.prepare('INSERT INTO t (s) VALUES (?)');
      expect(() => insert.run(value as unknown as SqliteValue)).toThrow(TypeError);
      expect(connection.pluck('SELECT count(*) FROM t').get()).toBe(0);
    },
  );

  test.each([[[]], [['a']], [['a', 'b', 'c']]])(
    'too few and too many are refused, and nothing is written: %j',
    (values) => {
      const connection = withTable();
      const insert = connection.prepare('INSERT INTO t (s, b) VALUES (?, ?)');
      expect(() => insert.run(...values)).toThrow(RangeError);
      const query = connection.prepare('SELECT * FROM t WHERE s = ? AND b = ?');
      expect(() => query.get(...values)).toThrow(RangeError);
      expect(() => query.all(...values)).toThrow(RangeError);
      expect(connection.pluck('SELECT count(*) FROM t').get()).toBe(0);
    },
  );

  test.each(['?1', ':s', '@s', '$s'])('a parameter %s is refused', (parameter) => {
    expect(() => withTable().prepare(`SELECT ${parameter}`)).toThrow(RangeError);
  });

  test('a second statement is refused', () => {
    expect(() => withTable().prepare('SELECT 1; DELETE FROM t')).toThrow(RangeError);
  });
});
