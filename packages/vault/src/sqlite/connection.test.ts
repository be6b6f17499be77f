import { join } from 'node:path';
import { expect, test } from '@jest/globals';
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
    (name) => db.pragma(name, { simple: true }),
  );
  db.close();
  expect(settings).toEqual(['wal', 2, 1, 2, 100]);
});
