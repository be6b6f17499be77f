import { expect, test } from '@jest/globals';
import { faultOfSqlite } from './sqliteFaults';

test.each([
  ['SQLITE_BUSY_SNAPSHOT', 'busy'],
  ['SQLITE_FULL', 'not-writable'],
  ['SQLITE_READONLY_DIRECTORY', 'not-writable'],
  ['SQLITE_IOERR_WRITE', 'not-writable'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_ERROR', 'unexpected'],
])('%s is the fault %s, and names the file', (sqlite, code) => {
  const error = Object.assign(new Error('it failed'), { code: sqlite });
  const fault = faultOfSqlite(error, '/data/read-models.db');
  expect(fault.code).toBe(code);
  expect(fault.message).toContain('/data/read-models.db');
  expect(fault.cause).toBe(error);
});

test('a fault stays what it is', () => {
  const fault = faultOfSqlite(new Error('some defect'), 'a.db');
  expect(fault.code).toBe('unexpected');
  expect(faultOfSqlite(fault, 'b.db')).toBe(fault);
});
