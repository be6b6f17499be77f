import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { SqliteError, type SqliteErrorCode } from '@keyturn/sqlite';
import { faultOf, faultOfCommit } from './sqliteFaults';

const cases = [
  ['SQLITE_BUSY', 'unavailable'],
  ['SQLITE_BUSY_RECOVERY', 'unavailable'],
  ['SQLITE_LOCKED', 'unavailable'],
  ['SQLITE_PROTOCOL', 'unavailable'],
  ['SQLITE_FULL', 'not-writable'],
  ['SQLITE_READONLY_DIRECTORY', 'not-writable'],
  ['SQLITE_CANTOPEN_ISDIR', 'not-writable'],
  ['SQLITE_PERM', 'not-writable'],
  ['SQLITE_AUTH', 'not-writable'],
  ['SQLITE_IOERR_SHMSIZE', 'not-writable'],
  ['SQLITE_IOERR_READ', 'unavailable'],
  ['SQLITE_IOERR_SHORT_READ', 'corrupt'],
  ['SQLITE_IOERR_CORRUPTFS', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_CORRUPT_INDEX', 'corrupt'],
  ['SQLITE_ERROR', 'corrupt'],
  ['SQLITE_TOOBIG', 'too-large'],
  ['SQLITE_NOMEM', 'unavailable'],
  ['SQLITE_INTERNAL', 'unavailable'],
] as const;

describe('faults of SQLite', () => {
  test.each(cases)('%s is %s', (sqliteCode, code) => {
    const fault = faultOf('a.sqlite', new SqliteError('the driver says', sqliteCode));
    expect(fault).toMatchObject({ code, message: expect.stringContaining(sqliteCode) });
    expect(fault.message).toContain('a.sqlite');
  });

  test.each(['EROFS', 'EACCES', 'ENOENT', 'EISDIR', 'ENOSPC'])('%s is not-writable', (systemCode) => {
    const error = Object.assign(new Error('the system says'), { code: systemCode });
    expect(faultOf('a.sqlite', error)).toMatchObject({ code: 'not-writable' });
  });

  test('a disk that fails during COMMIT leaves the outcome unknown; other errors do not', () => {
    const of = (code: SqliteErrorCode) => faultOfCommit('a.sqlite', new SqliteError('the driver says', code));
    expect(of('SQLITE_IOERR_FSYNC').code).toBe('outcome-unknown');
    expect(of('SQLITE_FULL').code).toBe('not-writable');
  });

  test('a fault stays what it is', () => {
    const fault = new StoreFault('closed', 'closed');
    expect(faultOf('a.sqlite', fault)).toBe(fault);
  });
});
