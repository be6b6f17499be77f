import { describe, expect, test } from '@jest/globals';
import { SqliteError, type SqliteErrorCode } from '@keyturn/sqlite';
import { VaultFault } from '../faults';
import { fromSqlite } from './sqliteFaults';

describe('faults of SQLite', () => {
  const rights = "see to the permissions of the vault's directory and files";
  const strange = 'the tables are not those of a vault: restore it from a backup';
  const inUse = 'another process uses the vault: try again';
  test.each<[SqliteErrorCode, string, string]>([
    ['SQLITE_FULL', 'not-writable', 'free some disk space, then try again'],
    ['SQLITE_READONLY_DBMOVED', 'not-writable', rights],
    ['SQLITE_PERM', 'not-writable', rights],
    ['SQLITE_CANTOPEN', 'not-writable', rights],
    ['SQLITE_BUSY_SNAPSHOT', 'unavailable', inUse],
    ['SQLITE_LOCKED', 'unavailable', inUse],
    ['SQLITE_IOERR_WRITE', 'unavailable', 'the disk failed to read or write: see to it, then try again'],
    ['SQLITE_IOERR_SHORT_READ', 'tampered', 'the file was cut short: restore the vault from a backup'],
    ['SQLITE_IOERR_CORRUPTFS', 'tampered', 'the file system is damaged: restore the vault from a backup'],
    ['SQLITE_CORRUPT_VTAB', 'tampered', 'the file is damaged: restore the vault from a backup'],
    ['SQLITE_NOTADB', 'tampered', 'the file is no database: restore the vault from a backup'],
    ['SQLITE_CONSTRAINT_CHECK', 'tampered', strange],
    ['SQLITE_MISMATCH', 'tampered', strange],
    ['SQLITE_SCHEMA', 'tampered', strange],
    ['SQLITE_ERROR', 'tampered', strange],
    ['SQLITE_NEW_CODE', 'unavailable', 'try again'],
  ])('%s → %s', (result, code, next) => {
    const cause = new SqliteError('something', result);
    const fault = fromSqlite(cause, 'vault.sqlite');
    expect(fault).toMatchObject({ code, cause });
    expect(fault.message).toBe(`vault.sqlite: ${result}: ${next}`);
  });

  test.each([
    ['EROFS', 'not-writable'],
    ['ENOSPC', 'not-writable'],
    ['EMFILE', 'unavailable'],
  ])('%s of the file system → %s', (code, fault) => {
    const mapped = fromSqlite(Object.assign(new Error('something'), { code }), 'vault.sqlite');
    expect(mapped.code).toBe(fault);
    expect(mapped.message).toContain(`could not use vault.sqlite (${code})`);
  });

  test('a fault stays the fault that it is', () => {
    const fault = new VaultFault('frozen', 'it is frozen');
    expect(fromSqlite(fault, 'vault.sqlite')).toBe(fault);
  });

  test('a Node that has no SQLite is told with the cure', () => {
    const cause = new SqliteError('install this', 'no-driver');
    expect(fromSqlite(cause, 'vault.sqlite')).toMatchObject({
      code: 'unavailable',
      message: "vault.sqlite can't be used: install this",
      cause,
    });
  });

  test.each([new SqliteError('it was closed', 'closed'), new TypeError('something else')])(
    'anything else is unavailable, with its cause: %s',
    (cause) => {
      expect(fromSqlite(cause, 'vault.sqlite')).toMatchObject({
        code: 'unavailable',
        message: "vault.sqlite can't be used: open the vault again",
        cause,
      });
    },
  );
});
