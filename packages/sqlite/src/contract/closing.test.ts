import { describe, expect, test } from '@jest/globals';
import { driversHere } from '../testSupport/driversHere';
import { onDriver } from '../testSupport/onDriver';
import { codeOf } from '../testSupport/thrown';

describe.each(driversHere)('a closed connection ($name)', (driver) => {
  const { withTable } = onDriver(driver);
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
