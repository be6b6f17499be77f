import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { join } from 'node:path';
import { blobsOf, DATA_KEY, onFile, SECRET, type BlobColumn } from '../testSupport/database';
import { faultOf, succeed } from '../testSupport/outcomes';
import { shred } from '../testSupport/shredding';
import { filesWith } from '../testSupport/tempDirectory';
import { newVault, sealNew, type TestVault } from '../testSupport/vaults';

describe('shred of rows that another program deleted, without zeroing them', () => {
  /** As the SQLite shell may do it: `secure_delete` counts per connection. */
  const deletedBy = (directory: string, file: string, statements: string): void =>
    onFile(directory, file, (db) => {
      db.pragma('secure_delete = OFF');
      db.exec(statements);
    });

  const leftAfterShred = async (count: number, statements: (column: BlobColumn) => string) => {
    const { vault, directory } = await newVault();
    const keyIds = Array.from({ length: count }, (_, n) => `key-${n}`);
    for (const keyId of keyIds) await sealNew(vault, { keyId });
    const blobs = blobsOf(directory);
    for (const column of [SECRET, DATA_KEY]) deletedBy(directory, column.file, statements(column));
    const gone = blobs.filter((blob) => !blobsOf(directory).some((other) => other.equals(blob)));
    const receipt = await succeed(shred(vault, 'acme', keyIds.slice(1)));
    expect(receipt).toMatchObject({ secretsDestroyed: 0, dataKeysDestroyed: 0 });
    expect(receipt.checks[0]).toBe('vault-keys.sqlite: VACUUM, wal_checkpoint(TRUNCATE) busy=0');
    return {
      gone: gone.length,
      left: gone.filter((blob) => filesWith(directory, blob.subarray(-40)).length > 0),
    };
  };

  test('leaves none of their bytes where a table is empty', async () => {
    expect(await leftAfterShred(2, ({ table }) => `DELETE FROM ${table}`)).toEqual({ gone: 4, left: [] });
  });

  test('nor on pages that are free', async () => {
    expect(await leftAfterShred(100, ({ table }) => `DELETE FROM ${table} WHERE key_id <> 'key-0'`)).toEqual({
      gone: 198,
      left: [],
    });
  });
});

describe('shred of a key whose values are not all known', () => {
  const methodsOf = async (vault: TestVault['vault'], ...keyIds: ReadonlyArray<string>) =>
    (await succeed(shred(vault, 'acme', [...keyIds]))).checks
      .slice(0, 2)
      .map((check) => check.includes('VACUUM'));

  test.each([SECRET, DATA_KEY])(
    '$file: writes the files anew, and once it is done no more',
    async ({ file, table }) => {
      const { vault, directory } = await newVault();
      for (const keyId of ['key-1', 'key-2', 'key-3']) await sealNew(vault, { keyId });
      onFile(directory, file, (db) => db.exec(`DELETE FROM ${table} WHERE key_id = 'key-2'`));
      expect(await methodsOf(vault, 'key-1')).toEqual([false, false]);
      expect(await methodsOf(vault, 'key-2')).toEqual([true, true]);
      expect(await methodsOf(vault, 'key-3')).toEqual([false, false]);
    },
  );

  test('is not how an incomplete one ends that is run again by the same process', async () => {
    const { vault, directory } = await newVault({ busyTimeoutMs: 50 });
    await sealNew(vault);
    const reader = openSqlite(join(directory, SECRET.file), { readonly: true });
    reader.exec(`BEGIN; SELECT * FROM ${SECRET.table}`);
    expect(await faultOf(shred(vault, 'acme', ['key-1']))).toBe('shred-incomplete');
    reader.close();
    expect(await methodsOf(vault, 'key-1')).toEqual([false, false]);
  });
});
