import { afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteConnection } from '../connection';
import type { Driver, OpenOptions } from '../driver';

/** What the tests of a driver stand on: a directory of each test's own, whose connections are closed behind it. */
export interface OnDriver {
  readonly directory: () => string;
  readonly file: () => string;
  /** Opens the test's file, or another. */
  readonly open: (options?: OpenOptions, path?: string) => SqliteConnection;
  /** The test's file with a table `t` of four columns, named by the first letters of their types. */
  readonly withTable: () => SqliteConnection;
}

export const onDriver = (driver: Driver): OnDriver => {
  let directory: string;
  let opened: SqliteConnection[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'keyturn-sqlite-'));
    opened = [];
  });
  afterEach(() => {
    for (const connection of opened) connection.close();
    rmSync(directory, { recursive: true });
  });
  const file = (): string => join(directory, 'a file? 100%#.sqlite');
  const open: OnDriver['open'] = (options = {}, path = file()) => {
    const connection = new SqliteConnection(driver, path, options);
    opened.push(connection);
    return connection;
  };
  return {
    directory: () => directory,
    file,
    open,
    withTable: () => {
      const connection = open();
      connection.exec('CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB) STRICT');
      return connection;
    },
  };
};
