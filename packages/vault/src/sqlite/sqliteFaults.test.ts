import { describe, expect, test } from '@jest/globals';
import { SqliteError } from 'better-sqlite3';
import { VaultFault } from '../faults';
import { fromSqlite } from './sqliteFaults';

describe('faults of SQLite', () => {
  test.each([
    ['SQLITE_FULL', 'not-writable'],
    ['SQLITE_READONLY_DBMOVED', 'not-writable'],
    ['SQLITE_CANTOPEN', 'not-writable'],
    ['SQLITE_BUSY_SNAPSHOT', 'unavailable'],
    ['SQLITE_LOCKED', 'unavailable'],
    ['SQLITE_IOERR_WRITE', 'unavailable'],
    ['SQLITE_IOERR_SHORT_READ', 'tampered'],
    ['SQLITE_CORRUPT_VTAB', 'tampered'],
    ['SQLITE_NOTADB', 'tampered'],
    ['SQLITE_CONSTRAINT_CHECK', 'tampered'],
    ['SQLITE_ERROR', 'tampered'],
    ['SQLITE_NEW_CODE', 'unavailable'],
  ])('%s → %s', (code, fault) => {
    const mapped = fromSqlite(new SqliteError('something', code), 'vault.sqlite');
    expect(mapped.code).toBe(fault);
    expect(mapped.message).toContain('vault.sqlite');
  });

  test.each([
    ['EROFS', 'not-writable'],
    ['ENOSPC', 'not-writable'],
    ['EMFILE', 'unavailable'],
  ])('%s of the file system → %s', (code, fault) => {
    expect(fromSqlite(Object.assign(new Error('something'), { code }), 'vault.sqlite').code).toBe(fault);
  });

  test('a fault stays the fault that it is', () => {
    const fault = new VaultFault('frozen', 'it is frozen');
    expect(fromSqlite(fault, 'vault.sqlite')).toBe(fault);
  });

  test('anything else is unavailable, with its cause', () => {
    const cause = new TypeError('The database connection is not open');
    expect(fromSqlite(cause, 'vault.sqlite')).toMatchObject({ code: 'unavailable', cause });
  });
});
