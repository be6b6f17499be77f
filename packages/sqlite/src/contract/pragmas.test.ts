import { describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { driversHere } from '../testSupport/driversHere';
import { onDriver } from '../testSupport/onDriver';

describe.each(driversHere)('pragmas ($name)', (driver) => {
  const { open, withTable, file } = onDriver(driver);
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
    expect(statSync(`${file()}-wal`).size).toBe(0);
  });

  test('how long others are waited for', () => {
    expect(open({ busyTimeoutMs: 123 }).pragma('busy_timeout')).toBe(123);
    expect(open().pragma('busy_timeout')).toBe(5_000);
    expect(open({ busyTimeoutMs: 0 }).pragma('busy_timeout')).toBe(0);
  });
});
