import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { SqliteConnection } from '../connection';
import type { Driver, OpenOptions } from '../driver';
import type { SqliteError } from '../sqliteError';
import type { SqliteValue } from '../values';

/** What both drivers keep. */
export const describeDriver = (driver: Driver): void => {
  describe(driver.name, () => {
    let directory: string;
    let file: string;
    let opened: SqliteConnection[];
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'keyturn-sqlite-'));
      file = join(directory, 'a file? 100%#.sqlite');
      opened = [];
    });
    afterEach(() => {
      for (const connection of opened) connection.close();
      rmSync(directory, { recursive: true });
    });

    const open = (options: OpenOptions = {}, path = file): SqliteConnection => {
      const connection = new SqliteConnection(driver, path, options);
      opened.push(connection);
      return connection;
    };
    const withTable = (): SqliteConnection => {
      const connection = open();
      connection.exec('CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB) STRICT');
      return connection;
    };
    const codeOf = (run: () => unknown): unknown => {
      try {
        run();
      } catch (error) {
        expect(error).toMatchObject({ name: 'SqliteError' });
        return (error as SqliteError).code;
      }
      throw new Error('it went through');
    };

    describe('a file', () => {
      test('is made where its name says, whatever characters that has, and found again', () => {
        open().exec('CREATE TABLE t (i)');
        expect(existsSync(file)).toBe(true);
        expect(open({ create: false }).pluck('SELECT name FROM sqlite_schema').all()).toEqual(['t']);
        expect(open().file).toBe(file);
      });

      test.each([{ create: false }, { readonly: true }, { readonly: true, create: true }])(
        'that is missing is not made with %o',
        (options) => {
          expect(codeOf(() => open(options))).toBe('SQLITE_CANTOPEN');
          expect(existsSync(file)).toBe(false);
        },
      );

      test('in a directory that is missing can not be opened', () => {
        expect(codeOf(() => open({}, join(directory, 'none', 'a.sqlite')))).toBe('SQLITE_CANTOPEN');
      });

      test('that is a directory can not be opened', () => {
        expect(codeOf(() => open({}, directory).pragma('user_version'))).toMatch(/^SQLITE_CANTOPEN/);
      });

      test('that is no database stays as it is', () => {
        writeFileSync(file, 'no database, and long enough to tell'.repeat(100));
        expect(codeOf(() => open().exec('CREATE TABLE t (i)'))).toBe('SQLITE_NOTADB');
        expect(statSync(file).size).toBe(3_600);
      });

      test('that is opened to be read is not written', () => {
        withTable();
        const reader = open({ readonly: true });
        expect(reader.readonly).toBe(true);
        expect(codeOf(() => reader.exec('INSERT INTO t VALUES (1, 1, 1, 1)'))).toBe('SQLITE_READONLY');
      });

      test('a database without a file', () => {
        const memory = open({}, ':memory:');
        memory.exec('CREATE TABLE t (i)');
        expect(memory.pluck('SELECT count(*) FROM t').get()).toBe(0);
        expect(existsSync(':memory:')).toBe(false);
      });
    });

    describe('values', () => {
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

    describe('rows', () => {
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
        expect([connection.prepare(query).get(3), connection.raw(query).get(3)]).toEqual([
          undefined,
          undefined,
        ]);
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

    describe('pragmas', () => {
      test('give the first value of their first row, and are set', () => {
        const connection = open();
        expect(connection.pragma('journal_mode = WAL')).toBe('wal');
        expect(connection.pragma('synchronous = FULL')).toBeUndefined();
        const settings = ['secure_delete', 'synchronous', 'temp_store', 'trusted_schema', 'cache_size'];
        for (const [name, value] of [
          ['secure_delete', 'ON'],
          ['temp_store', 'MEMORY'],
          ['trusted_schema', 'OFF'],
          ['cache_size', '-1000'],
        ]) {
          connection.pragma(`${name} = ${value}`);
        }
        expect(settings.map((name) => connection.pragma(name))).toEqual([1, 2, 2, 0, -1000]);
      });

      test('a checkpoint tells whether a reader was in its way', () => {
        const connection = withTable();
        connection.pragma('journal_mode = WAL');
        const reader = open();
        reader.exec('BEGIN; SELECT * FROM t');
        connection.exec("INSERT INTO t (s) VALUES ('a')");
        connection.pragma('busy_timeout = 0');
        expect(connection.pragma('wal_checkpoint(TRUNCATE)')).toBe(1);
        reader.exec('COMMIT');
        expect(connection.pragma('wal_checkpoint(TRUNCATE)')).toBe(0);
        expect(statSync(`${file}-wal`).size).toBe(0);
      });

      test('how long others are waited for', () => {
        expect(open({ busyTimeoutMs: 123 }).pragma('busy_timeout')).toBe(123);
        expect(open().pragma('busy_timeout')).toBe(5_000);
        expect(open({ busyTimeoutMs: 0 }).pragma('busy_timeout')).toBe(0);
      });
    });

    describe('a transaction', () => {
      const count = (connection: SqliteConnection): unknown =>
        connection.pluck('SELECT count(*) FROM t').get();

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

    describe('an error has SQLite’s name and text', () => {
      test.each([
        ['INSERT INTO c VALUES (1, 2)', 'SQLITE_CONSTRAINT_PRIMARYKEY'],
        ['INSERT INTO c VALUES (2, NULL)', 'SQLITE_CONSTRAINT_NOTNULL'],
        ['INSERT INTO c VALUES (2, -1)', 'SQLITE_CONSTRAINT_CHECK'],
        ["INSERT INTO c VALUES (2, 'x')", 'SQLITE_CONSTRAINT_DATATYPE'],
        ['INSERT INTO d VALUES (3)', 'SQLITE_CONSTRAINT_FOREIGNKEY'],
        ['SELECT zeroblob(2000000000)', 'SQLITE_TOOBIG'],
      ])('%s: %s', (sql, code) => {
        const connection = open();
        connection.exec(`
          CREATE TABLE c (id INTEGER PRIMARY KEY, n INTEGER NOT NULL CHECK (n > 0)) STRICT;
          CREATE TABLE d (id INTEGER REFERENCES c (id)) STRICT;
          INSERT INTO c VALUES (1, 1)`);
        expect(codeOf(() => connection.exec(sql))).toBe(code);
        const statement = connection.prepare(sql);
        expect(codeOf(() => (sql.startsWith('SELECT') ? statement.get() : statement.run()))).toBe(code);
      });

      test('of what is no SQL, or of no table', () => {
        const connection = open();
        for (const sql of ['SELEC', 'SELECT * FROM none', 'SELECT "no column"']) {
          expect(codeOf(() => connection.prepare(sql))).toBe('SQLITE_ERROR');
        }
        expect(codeOf(() => connection.exec('SELEC'))).toBe('SQLITE_ERROR');
        expect(() => connection.prepare('SELECT * FROM none')).toThrow('no such table: none');
      });

      test('of a disk that is full', () => {
        const connection = withTable();
        connection.pragma('max_page_count = 4');
        const insert = connection.prepare('INSERT INTO t (b) VALUES (?)');
        expect(codeOf(() => insert.run(Buffer.alloc(100_000)))).toBe('SQLITE_FULL');
      });

      test('values are in no text of an error', () => {
        const connection = open();
        connection.exec('CREATE TABLE u (s TEXT UNIQUE)');
        const insert = connection.prepare('INSERT INTO u VALUES (?)');
        insert.run('the-value');
        const texts = causes(thrownBy(() => insert.run('the-value'))).map((cause) => inspect(cause));
        expect(texts).toHaveLength(2);
        expect(texts.join()).not.toContain('the-value');
      });
    });

    describe('a closed connection', () => {
      test('says so, whatever is asked of it, and may be closed again', () => {
        const connection = withTable();
        const [insert, query] = [
          connection.prepare('INSERT INTO t (i) VALUES (?)'),
          connection.prepare('SELECT * FROM t'),
        ];
        connection.transaction('deferred', () => query.all());
        expect(connection.isOpen).toBe(true);
        connection.close();
        connection.close();
        expect([connection.isOpen, connection.inTransaction]).toEqual([false, false]);
        for (const use of [
          () => insert.run(1),
          () => query.get(),
          () => query.all(),
          () => connection.prepare('SELECT 1'),
          () => connection.exec('SELECT 1'),
          () => connection.pragma('user_version'),
          () => connection.transaction('immediate', () => 1),
        ]) {
          expect(codeOf(use)).toBe('closed');
        }
      });
    });
  });
};

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('it went through');
};

/** An error, and what caused it. */
const causes = (error: unknown): ReadonlyArray<unknown> =>
  typeof error === 'object' && error !== null
    ? [error, ...causes('cause' in error ? error.cause : null)]
    : [];
