import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openFilesIn } from '../testSupport/openFiles';
import { tempDirectory } from '../testSupport/tempDirectory';
import { createKeysFile, createVaultFile, openFile } from './connection';

test.each([
  ['the vault, made', (path: string) => createVaultFile(path, 100)],
  ['the data keys, made', (path: string) => createKeysFile(path, 100)],
  [
    'one that was there',
    (path: string) => {
      createKeysFile(path, 100).close();
      return openFile(path, 100);
    },
  ],
])('%s: durable, and overwrites what it deletes', (_, connect) => {
  const db = connect(join(tempDirectory(), 'file.sqlite'));
  const settings = ['journal_mode', 'synchronous', 'secure_delete', 'temp_store', 'busy_timeout'].map(
    (name) => db.pragma(name),
  );
  db.close();
  expect(settings).toEqual(['wal', 2, 1, 2, 100]);
});

test.each([createVaultFile, createKeysFile, openFile])(
  'a file that is no database stays as it is, and is not kept open',
  (connect) => {
    const directory = tempDirectory();
    const path = join(directory, 'file.sqlite');
    writeFileSync(path, 'no database, and long enough to tell'.repeat(100));
    expect(() => connect(path, 100)).toThrow(expect.objectContaining({ code: 'SQLITE_NOTADB' }));
    expect(statSync(path).size).toBe(3_600);
    expect(openFilesIn(directory)).toEqual([]);
  },
);

test.each([createVaultFile, createKeysFile])(
  'a file that others could read is its owner’s alone from then on',
  (connect) => {
    const path = join(tempDirectory(), 'file.sqlite');
    writeFileSync(path, '');
    chmodSync(path, 0o644);
    connect(path, 100).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  },
);

test('a database with other tables is not kept open', () => {
  const directory = tempDirectory();
  const path = join(directory, 'file.sqlite');
  createKeysFile(path, 100).close();
  const db = openFile(path, 100);
  db.exec('DROP TABLE deployment');
  db.close();
  expect(() => createKeysFile(path, 100)).toThrow(expect.objectContaining({ code: 'SQLITE_ERROR' }));
  expect(openFilesIn(directory)).toEqual([]);
});
