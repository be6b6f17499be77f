import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { driversHere } from '../testSupport/driversHere';
import { onDriver } from '../testSupport/onDriver';
import { codeOf, thrownBy } from '../testSupport/thrown';

describe.each(driversHere)('an error has SQLite’s name and text ($name)', (driver) => {
  const { open, withTable } = onDriver(driver);
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

/** An error, and what caused it. */
const causes = (error: unknown): ReadonlyArray<unknown> =>
  typeof error === 'object' && error !== null
    ? [error, ...causes('cause' in error ? error.cause : null)]
    : [];
