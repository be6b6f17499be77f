import { describe, expect, test } from '@jest/globals';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { driversHere } from '../testSupport/driversHere';
import { onDriver } from '../testSupport/onDriver';
import { codeOf } from '../testSupport/thrown';

describe.each(driversHere)('a file ($name)', (driver) => {
  const { open, withTable, file, directory } = onDriver(driver);
  test('is made where its name says, whatever characters that has, and found again', () => {
    open().exec('CREATE TABLE t (i)');
    expect(existsSync(file())).toBe(true);
    expect(open({ create: false }).pluck('SELECT name FROM sqlite_schema').all()).toEqual(['t']);
    expect(open().file).toBe(file());
  });

  test.each([{ create: false }, { readonly: true }, { readonly: true, create: true }])(
    'that is missing is not made with %o',
    (options) => {
      expect(codeOf(() => open(options))).toBe('SQLITE_CANTOPEN');
      expect(existsSync(file())).toBe(false);
    },
  );

  test('in a directory that is missing can not be opened', () => {
    expect(codeOf(() => open({}, join(directory(), 'none', 'a.sqlite')))).toBe('SQLITE_CANTOPEN');
  });

  test('that is a directory can not be opened', () => {
    expect(codeOf(() => open({}, directory()).pragma('user_version'))).toMatch(/^SQLITE_CANTOPEN/);
  });

  test('that is no database stays as it is', () => {
    writeFileSync(file(), 'no database, and long enough to tell'.repeat(100));
    expect(codeOf(() => open().exec('CREATE TABLE t (i)'))).toBe('SQLITE_NOTADB');
    expect(statSync(file()).size).toBe(3_600);
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
