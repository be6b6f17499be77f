import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { join } from 'node:path';
import { onFile } from '../testSupport/database';
import { secretOf } from '../testSupport/generators';
import { faultOf, succeed } from '../testSupport/outcomes';
import { bindingOf, newVault, sealNew, secondHandle, textOf } from '../testSupport/vaults';
import { shred } from '../testSupport/shredding';

const countOf = (directory: string, file: string, table: string): unknown =>
  onFile(directory, file, (db) => db.pluck(`SELECT count(*) FROM ${table}`).get());

test.each(['12x', 'x12', '', '1'.repeat(21)])(
  'a position of the event store that reads %p was tampered with',
  async (text) => {
    const { vault, directory } = await newVault();
    await succeed(vault.pair({ storeId: 's', highWater: 5n }));
    onFile(directory, 'vault.sqlite', (db) => db.prepare('UPDATE pairing SET high_water = ?').run(text));
    expect(await faultOf(vault.pairing)).toBe('tampered');
  },
);

describe('two handles at once', () => {
  test('end with one workspace key, and open each other’s rows', async () => {
    const made = await newVault();
    const other = await secondHandle(made);
    const sealed = await Promise.all(
      [made.vault, other, made.vault, other].map((vault, i) => sealNew(vault, { keyId: `key-${i}` })),
    );
    expect(countOf(made.directory, 'vault.sqlite', 'workspace_keys')).toBe(1);
    for (const { binding, text } of sealed) {
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
      expect(await succeed(textOf(other, binding))).toBe(text);
    }
  });

  test('of two that seal one key id, one is refused and leaves nothing', async () => {
    const made = await newVault();
    const other = await secondHandle(made);
    const secrets = [secretOf('x'.repeat(20)), secretOf('y'.repeat(20))];
    const outcomes = await Promise.all(
      secrets.map((secret, i) =>
        faultOf((i === 0 ? made.vault : other).seal(bindingOf(made.vault, secret), secret)),
      ),
    );
    expect([...outcomes].sort()).toEqual(['duplicate-key', 'no fault']);
    expect(countOf(made.directory, 'vault-keys.sqlite', 'data_keys')).toBe(1);
    const kept = secrets[outcomes.indexOf('no fault')] ?? secretOf('z'.repeat(20));
    expect(await faultOf(textOf(made.vault, bindingOf(made.vault, kept)))).toBe('no fault');
  });
});

describe('a seal that ends half way', () => {
  test('by a busy database: nothing is left, and it can be done again', async () => {
    const made = await newVault({ busyTimeoutMs: 20 });
    await sealNew(made.vault, { keyId: 'first' });
    const writer = openSqlite(join(made.directory, 'vault.sqlite'));
    writer.exec('BEGIN IMMEDIATE');
    const secret = secretOf('x'.repeat(20));
    const binding = bindingOf(made.vault, secret);
    expect(await faultOf(made.vault.seal(binding, secret))).toBe('unavailable');
    writer.close();
    expect(countOf(made.directory, 'vault-keys.sqlite', 'data_keys')).toBe(1);
    await succeed(made.vault.seal(binding, secret));
    expect(await faultOf(textOf(made.vault, binding))).toBe('no fault');
  });

  test('by a crash: the data key that is left seals nothing and is in nobody’s way', async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault);
    onFile(directory, 'vault.sqlite', (db) => db.exec('DELETE FROM sealed_secrets'));
    const { binding, text } = await sealNew(vault);
    expect(await succeed(textOf(vault, binding))).toBe(text);
    expect(await succeed(shred(vault, 'acme', ['key-1']))).toMatchObject({ dataKeysDestroyed: 2 });
  });
});

test('discard takes row and data key, and does nothing the second time', async () => {
  const { vault, directory } = await newVault();
  const { binding } = await sealNew(vault);
  await succeed(vault.discard(binding));
  await succeed(vault.discard(binding));
  expect(countOf(directory, 'vault.sqlite', 'sealed_secrets')).toBe(0);
  expect(countOf(directory, 'vault-keys.sqlite', 'data_keys')).toBe(0);
});

test('a damaged page, or a table that is gone, is tampered with', async () => {
  const { vault, directory } = await newVault();
  const { binding } = await sealNew(vault);
  onFile(directory, 'vault.sqlite', (db) => db.exec('DROP TABLE workspace_keys'));
  expect(await faultOf(textOf(vault, binding))).toBe('tampered');
});
