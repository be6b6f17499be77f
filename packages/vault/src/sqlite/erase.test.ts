import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tempDirectory } from '../testSupport/tempDirectory';
import { createKeysFile, type Connection } from './connection';
import { erase } from './erase';

/** A file with a second connection to it, as another process would have it. */
const opened = () => {
  const path = join(tempDirectory(), 'file.sqlite');
  const db: Connection = createKeysFile(path, 10);
  return { db, other: new Database(path, { timeout: 10 }) };
};

test('a file that another process writes to is not erased, and that is no fault', () => {
  const { db, other } = opened();
  other.exec('BEGIN IMMEDIATE');
  expect(erase(db, 'the file')).toBe(false);
  other.exec('ROLLBACK');
  expect(erase(db, 'the file')).toBe(true);
  other.close();
  db.close();
});

test('whatever else keeps a file from being erased is thrown', () => {
  const { db, other } = opened();
  other.close();
  db.exec('BEGIN');
  expect(() => erase(db, 'the file')).toThrow('cannot VACUUM from within a transaction');
  db.exec('ROLLBACK');
  db.close();
});

test('the time that a connection waits for others is the same afterwards', () => {
  const { db, other } = opened();
  db.pragma('busy_timeout = 4321');
  expect(erase(db, 'the file')).toBe(true);
  expect(db.pragma('busy_timeout', { simple: true })).toBe(4321);
  other.close();
  db.close();
});
