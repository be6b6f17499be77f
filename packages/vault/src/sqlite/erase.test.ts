import { openSqlite } from '@keyturn/sqlite';
import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { openFilesIn } from '../testSupport/openFiles';
import { tempDirectory } from '../testSupport/tempDirectory';
import { createKeysFile, type Connection } from './connection';
import { rewrite } from './erase';

afterEach(() => {
  jest.restoreAllMocks();
});

/** A file with a second connection to it, as another process would have it. */
const opened = () => {
  const path = join(tempDirectory(), 'file.sqlite');
  const db: Connection = createKeysFile(path, 10);
  return { db, other: openSqlite(path, { busyTimeoutMs: 10 }) };
};

test('a file that another process writes to is not erased, and that is no fault', async () => {
  const { db, other } = opened();
  other.exec('BEGIN IMMEDIATE');
  expect(await rewrite(db)).toBe(false);
  other.exec('ROLLBACK');
  expect(await rewrite(db)).toBe(true);
  other.close();
  db.close();
});

test('an emptied log is flushed, so that no loss of power brings it back; any other is left alone', async () => {
  const { db, other } = opened();
  const flushed: number[] = [];
  jest.spyOn(fs, 'fsyncSync').mockImplementation((file) => {
    flushed.push(fs.fstatSync(file).ino);
  });
  db.exec('CREATE TABLE before (a)');
  other.exec('BEGIN; SELECT * FROM sqlite_master');
  expect(await rewrite(db)).toBe(false);
  expect(flushed).toEqual([]);
  other.exec('ROLLBACK');
  const log = `${db.file}-wal`;
  const open = openFilesIn(log).length;
  expect(await rewrite(db)).toBe(true);
  expect(flushed).toEqual([fs.statSync(log).ino]);
  expect(openFilesIn(log)).toHaveLength(open);
  other.close();
  db.close();
});

test.each([
  [10, 10],
  [4321, 25],
])('a connection that waits %i ms for others stands still for %i ms at most', async (own, atOnce) => {
  const { db, other } = opened();
  db.pragma(`busy_timeout = ${own}`);
  const pragmas = jest.spyOn(db, 'pragma');
  expect(await rewrite(db)).toBe(true);
  expect(pragmas).toHaveBeenCalledWith(`busy_timeout = ${atOnce}`);
  expect(db.pragma('busy_timeout')).toBe(own);
  other.close();
  db.close();
});

test('whatever else keeps a file from being erased is thrown', async () => {
  const { db, other } = opened();
  other.close();
  db.exec('BEGIN');
  await expect(rewrite(db)).rejects.toThrow('cannot VACUUM from within a transaction');
  db.exec('ROLLBACK');
  db.close();
});
