import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteConnection } from '../connection';
import { driversHere } from '../testSupport/driversHere';

describe.each(driversHere)('a backup ($name)', (driver) => {
  const inDirectory = async (
    body: (open: (name: string) => SqliteConnection, directory: string) => Promise<void>,
  ): Promise<void> => {
    const directory = mkdtempSync(join(tmpdir(), 'keyturn-backup-'));
    const opened: SqliteConnection[] = [];
    try {
      await body((name) => {
        const connection = new SqliteConnection(driver, join(directory, name), {});
        opened.push(connection);
        return connection;
      }, directory);
    } finally {
      for (const connection of opened) connection.close();
      rmSync(directory, { recursive: true });
    }
  };

  const count = (connection: SqliteConnection): unknown => connection.pluck('SELECT count(*) FROM t').get();

  test('is of what its transaction sees, whatever others write meanwhile', () =>
    inDirectory(async (open, directory) => {
      const writer = open('a.sqlite');
      writer.pragma('journal_mode = WAL');
      writer.exec('CREATE TABLE t (a TEXT)');
      const insert = writer.prepare('INSERT INTO t VALUES (?)');
      const write = (rows: number): void =>
        writer.transaction('immediate', () => {
          for (let row = 0; row < rows; row += 1) insert.run('x'.repeat(500));
        });
      write(3_000);
      const source = open('a.sqlite');
      source.exec('BEGIN');
      expect(count(source)).toBe(3_000);
      write(10);
      const done = new AbortController();
      const copying = source.backup(join(directory, 'b.sqlite')).then(() => {
        done.abort();
      });
      while (!done.signal.aborted) {
        write(1);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await copying;
      expect(count(open('b.sqlite'))).toBe(3_000);
      expect(Number(count(writer))).toBeGreaterThan(3_010);
    }));

  test('that can not be written says so', () =>
    inDirectory(async (open, directory) => {
      const source = open('a.sqlite');
      source.exec('CREATE TABLE t (a TEXT)');
      await expect(source.backup(join(directory, 'none', 'b.sqlite'))).rejects.toThrow();
    }));
});
