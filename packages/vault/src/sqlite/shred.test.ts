import { describe, expect, test } from '@jest/globals';
import { openSqlite, type SqliteConnection } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobOf, blobsOf, DATA_KEY, onFile, SECRET, type BlobColumn } from '../testSupport/database';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { filesWith } from '../testSupport/tempDirectory';
import { newVault, sealNew, secondHandle, textOf } from '../testSupport/vaults';
import { shred } from '../testSupport/shredding';

/** Another process that reads an older state of a file until it is let go. */
const openReader = (directory: string, { file, table }: BlobColumn): SqliteConnection => {
  const db = openSqlite(join(directory, file), { readonly: true });
  db.exec('BEGIN');
  db.prepare(`SELECT count(*) FROM ${table}`).get();
  return db;
};

describe('shred', () => {
  test('leaves no byte of the sealed secret and of its data key in any file', async () => {
    const { vault, directory } = await newVault();
    const { binding } = await sealNew(vault);
    const kept = await sealNew(vault, { keyId: 'key-2' });
    const blobs = [blobOf(directory, SECRET), blobOf(directory, DATA_KEY)];
    expect(blobs.map((blob) => filesWith(directory, blob).length > 0)).toEqual([true, true]);
    const receipt = await succeed(shred(vault, 'acme', ['key-1']));
    expect(blobs.flatMap((blob) => filesWith(directory, blob))).toEqual([]);
    expect(receipt).toMatchObject({ secretsDestroyed: 1, dataKeysDestroyed: 1 });
    expect(receipt.checks).toEqual([
      'vault-keys.sqlite: free bytes zeroed (secure_delete), wal_checkpoint(TRUNCATE) busy=0',
      'vault.sqlite: free bytes zeroed (secure_delete), wal_checkpoint(TRUNCATE) busy=0',
      expect.stringMatching(
        /^2 sealed values searched for, by 3 pieces of each, in all \d{4,} bytes of 4 files: none found$/,
      ),
    ]);
    expect(await faultOf(textOf(vault, binding))).toBe('missing-secret');
    expect(await succeed(textOf(vault, kept.binding))).toBe(kept.text);
  });

  test('nor of any of the many that came and went before', async () => {
    const { vault, directory } = await newVault();
    const all = Array.from({ length: 120 }, (_, i) => `key-${(i * 37) % 120}`);
    for (const keyId of all) {
      await sealNew(vault, { keyId });
    }
    const blobs = blobsOf(directory);
    const gone = all.filter((_, i) => i % 5 !== 0);
    for (const keyId of gone.slice(10)) {
      await succeed(vault.discard({ workspaceId: 'acme', keyId }));
    }
    await succeed(shred(vault, 'acme', gone.slice(0, 10)));
    const left = blobsOf(directory);
    const removed = blobs.filter((blob) => !left.some((other) => other.equals(blob)));
    expect(removed).toHaveLength(2 * gone.length);
    expect(removed.flatMap((blob) => filesWith(directory, blob))).toEqual([]);
  });

  test('counts nothing the second time, and works again', async () => {
    const { vault } = await newVault();
    await sealNew(vault);
    await succeed(shred(vault, 'acme', ['key-1', 'key-never-sealed']));
    const again = await succeed(shred(vault, 'acme', ['key-1']));
    expect(again).toMatchObject({ secretsDestroyed: 0, dataKeysDestroyed: 0 });
    expect(again.checks.at(-1)).toBe(
      'no sealed value was left to search for: an earlier shred had deleted them',
    );
  });

  test('takes frozen rows, and only those of its workspace', async () => {
    const { vault } = await newVault();
    const mine = await sealNew(vault);
    const theirs = await sealNew(vault, { workspaceId: 'globex' });
    await succeed(vault.freeze(mine.binding));
    expect(await succeed(shred(vault, 'acme', ['key-1']))).toMatchObject({ secretsDestroyed: 1 });
    expect(await succeed(textOf(vault, theirs.binding))).toBe(theirs.text);
  });

  test('is incomplete while the sealed bytes lie in a file, wherever they come from', async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault);
    const journal = join(directory, 'vault-keys.sqlite-journal');
    writeFileSync(journal, Buffer.concat([Buffer.alloc(5_000), blobOf(directory, DATA_KEY)]));
    expect(await faultOf(shred(vault, 'acme', ['key-1']))).toBe('shred-incomplete');
    expect(await messageOf(shred(vault, 'acme', ['key-1']))).toBe(
      'keys of workspace acme no longer open, but their sealed bytes are still in a file: run the shred again',
    );
    rmSync(journal);
    const { checks } = await succeed(shred(vault, 'acme', ['key-1']));
    expect(checks.at(-1)).toMatch(/^2 sealed values searched for/);
  });

  test('of a key whose bytes were cut short by somebody else is no obstacle to it, nor to any other', async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault, { keyId: 'damaged' });
    onFile(directory, 'vault.sqlite', (db) => db.exec("UPDATE sealed_secrets SET sealed = x'0101'"));
    await sealNew(vault);
    const { checks } = await succeed(shred(vault, 'acme', ['damaged']));
    expect(checks.at(-1)).toMatch(
      /^1 sealed values searched .*; 1 damaged ones not searched for as a whole$/,
    );
    expect(await faultOf(shred(vault, 'acme', ['key-1']))).toBe('no fault');
  });

  test('of a key all of whose bytes were cut short says that nothing was searched for', async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault);
    onFile(directory, 'vault.sqlite', (db) => db.exec("UPDATE sealed_secrets SET sealed = x'0101'"));
    onFile(directory, 'vault-keys.sqlite', (db) => db.exec("UPDATE data_keys SET sealed = x'0202'"));
    const { checks } = await succeed(shred(vault, 'acme', ['key-1']));
    expect(checks.at(-1)).toBe('no sealed value searched for; 2 damaged ones not searched for as a whole');
  });

  test('that is incomplete keeps no other key’s from ending, and counts in no other’s receipt', async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault, { workspaceId: 'one' });
    const journal = join(directory, 'vault-keys.sqlite-journal');
    writeFileSync(journal, Buffer.concat([Buffer.alloc(5_000), blobOf(directory, DATA_KEY)]));
    await sealNew(vault, { workspaceId: 'acme' });
    expect(await faultOf(shred(vault, 'one', ['key-1']))).toBe('shred-incomplete');
    const { checks } = await succeed(shred(vault, 'acme', ['key-1']));
    expect(checks.at(-1)).toMatch(/^2 sealed values /);
    rmSync(journal);
    expect((await succeed(shred(vault, 'one', ['key-1']))).checks.at(-1)).toMatch(/^2 sealed values /);
  });

  test('of many groups at once searches the files once, and gives each its own receipt', async () => {
    const { vault, directory } = await newVault();
    for (const keyId of ['a', 'b', 'c', 'kept']) await sealNew(vault, { keyId });
    await sealNew(vault, { workspaceId: 'globex', keyId: 'a' });
    const receipts = await succeed(
      vault.shredTogether([
        { workspaceId: 'acme', keyIds: ['a', 'b'] },
        { workspaceId: 'globex', keyIds: ['a'] },
        { workspaceId: 'acme', keyIds: ['c', 'never-sealed'] },
        { workspaceId: 'acme', keyIds: ['gone-before'] },
      ]),
    );
    const told = receipts.map((receipt) =>
      E.isRight(receipt)
        ? [receipt.right.secretsDestroyed, receipt.right.dataKeysDestroyed, receipt.right.checks.at(-1)]
        : receipt.left.code,
    );
    expect(told).toEqual([
      [
        2,
        2,
        expect.stringMatching(
          /^4 sealed values searched for, .* in all \d{4,} bytes of 4 files: none found$/,
        ),
      ],
      [1, 1, expect.stringMatching(/^2 sealed values searched for/)],
      [1, 1, expect.stringMatching(/^2 sealed values searched for/)],
      [0, 0, 'no sealed value was left to search for: an earlier shred had deleted them'],
    ]);
    expect(blobsOf(directory)).toHaveLength(2);
  });

  test('of many groups: one whose bytes lie in a file keeps no other from being proven gone', async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault, { keyId: 'stuck' });
    const journal = join(directory, 'vault-keys.sqlite-journal');
    writeFileSync(journal, Buffer.concat([Buffer.alloc(5_000), blobOf(directory, DATA_KEY)]));
    await sealNew(vault, { keyId: 'sound' });
    const groups = ['stuck', 'sound'].map((keyId) => ({ workspaceId: 'acme', keyIds: [keyId] }));
    const codes = async () =>
      (await succeed(vault.shredTogether(groups))).map((receipt) =>
        E.isLeft(receipt) ? receipt.left.code : receipt.right.checks.at(-1)?.slice(0, 22),
      );
    expect(await codes()).toEqual(['shred-incomplete', '2 sealed values search']);
    rmSync(journal);
    expect((await codes())[0]).toBe('2 sealed values search');
  });

  test('tells when it was done', async () => {
    const { vault } = await newVault({ clocks: { wallMs: () => 1_700_000_000_000, monotonicMs: () => 0 } });
    expect((await succeed(shred(vault, 'acme', []))).destroyedAt).toBe(1_700_000_000_000);
  });

  test('of a row whose data key went in a shred that was cut off', async () => {
    const { vault, directory } = await newVault();
    const { binding } = await sealNew(vault);
    onFile(directory, 'vault-keys.sqlite', (db) => db.exec('DELETE FROM data_keys'));
    expect(await faultOf(textOf(vault, binding))).toBe('missing-secret');
    expect(await succeed(vault.sealedKeyIds('acme', binding.fingerprint))).toEqual(['key-1']);
    expect(await succeed(shred(vault, 'acme', ['key-1']))).toMatchObject({
      secretsDestroyed: 1,
      dataKeysDestroyed: 0,
    });
  });
});

describe('shred while another process reads', () => {
  test.each([SECRET, DATA_KEY])('$file: incomplete, and complete when run again', async (column) => {
    const made = await newVault({ busyTimeoutMs: 50 });
    const { binding } = await sealNew(made.vault);
    const blob = blobOf(made.directory, column);
    const reader = openReader(made.directory, column);
    expect(await faultOf(shred(made.vault, 'acme', ['key-1']))).toBe('shred-incomplete');
    expect(filesWith(made.directory, blob)).not.toEqual([]);
    expect(await faultOf(textOf(made.vault, binding))).toBe('missing-secret');
    expect(await messageOf(shred(made.vault, 'acme', ['key-1']))).toContain(
      'but another process reads the vault and its old bytes are still in a file',
    );
    reader.close();
    const receipt = await succeed(shred(made.vault, 'acme', ['key-1']));
    expect(receipt).toMatchObject({ secretsDestroyed: 0, dataKeysDestroyed: 0 });
    expect(receipt.checks.at(-1)).toMatch(/^2 sealed values searched for/);
    expect(filesWith(made.directory, blob)).toEqual([]);
  });

  test('with a writer in the way it is unavailable, and can be run again', async () => {
    const made = await newVault({ busyTimeoutMs: 50 });
    await sealNew(made.vault);
    await succeed(shred(made.vault, 'acme', ['key-1']));
    const writer = openSqlite(join(made.directory, 'vault.sqlite'));
    writer.exec('BEGIN IMMEDIATE');
    expect(await faultOf(shred(made.vault, 'acme', []))).toBe('unavailable');
    writer.close();
    expect(await faultOf(shred(made.vault, 'acme', []))).toBe('no fault');
  });

  test('an idle second handle is not in the way', async () => {
    const made = await newVault();
    const other = await secondHandle(made);
    const { binding } = await sealNew(made.vault);
    await succeed(textOf(other, binding));
    expect(await faultOf(shred(made.vault, 'acme', ['key-1']))).toBe('no fault');
  });
});
