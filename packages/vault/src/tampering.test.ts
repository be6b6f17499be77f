import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { openVault } from './openVault';
import { flipBit, onFile, type BlobColumn } from './testSupport/database';
import { faultOf, succeed } from './testSupport/outcomes';
import { newVault, sealNew, textOf } from './testSupport/vaults';

const [VAULT, KEYS] = ['vault.sqlite', 'vault-keys.sqlite'];

const bits = fc.nat({ max: 8 * 400 - 1 });

/** Every blob that a release reads. */
const released: ReadonlyArray<BlobColumn> = [
  { file: VAULT, table: 'sealed_secrets', column: 'sealed' },
  { file: VAULT, table: 'sealed_secrets', column: 'data_key_id' },
  { file: VAULT, table: 'workspace_keys', column: 'sealed' },
  { file: KEYS, table: 'data_keys', column: 'sealed' },
  { file: KEYS, table: 'data_keys', column: 'data_key_id' },
];

/** Every blob that opening the vault reads. */
const opened: ReadonlyArray<BlobColumn> = [
  { file: VAULT, table: 'deployment', column: 'master_key_id' },
  { file: VAULT, table: 'deployment', column: 'master_check' },
  { file: VAULT, table: 'deployment', column: 'sealed_pepper' },
];

describe('a single bit changed in what is stored', () => {
  test.each(released)('$table.$column: the secret does not open', async (column) => {
    const { vault, directory } = await newVault();
    const { binding, text } = await sealNew(vault);
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        flipBit(directory, column, bit);
        expect(await faultOf(textOf(vault, binding))).toBe('tampered');
        flipBit(directory, column, bit);
      }),
      { numRuns: 40 },
    );
    expect(await succeed(textOf(vault, binding))).toBe(text);
  });

  test.each(opened)('$table.$column: the vault does not open', async (column) => {
    const { options, directory } = await newVault();
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        flipBit(directory, column, bit);
        expect(await faultOf(openVault(options))).toBe('tampered');
        flipBit(directory, column, bit);
      }),
      { numRuns: 25 },
    );
    await (await succeed(openVault(options))).close();
  });
});

describe('rows moved', () => {
  test.each([
    [
      'secrets exchanged in one workspace',
      'acme',
      `UPDATE sealed_secrets SET key_id = 'key-3' WHERE key_id = 'key-1'`,
    ],
    [
      'secrets exchanged between workspaces',
      'globex',
      `UPDATE sealed_secrets SET workspace_id = 'old' WHERE workspace_id = 'acme'`,
    ],
  ])('%s', async (_, otherWorkspace, away) => {
    const { vault, directory } = await newVault();
    const one = await sealNew(vault, { keyId: 'key-1' });
    const other = await sealNew(vault, { keyId: 'key-2', workspaceId: otherWorkspace });
    onFile(directory, VAULT, (db) => {
      db.exec(away);
      db.prepare(
        `UPDATE sealed_secrets SET key_id = 'key-1', workspace_id = 'acme' WHERE key_id = 'key-2'`,
      ).run();
      db.prepare(`UPDATE sealed_secrets SET fingerprint = ?`).run(one.binding.fingerprint);
    });
    onFile(directory, KEYS, (db) => {
      db.exec(away.replace('sealed_secrets', 'data_keys'));
      db.prepare(`UPDATE data_keys SET key_id = 'key-1', workspace_id = 'acme' WHERE key_id = 'key-2'`).run();
    });
    expect(await faultOf(textOf(vault, one.binding))).toBe('tampered');
    expect(await faultOf(textOf(vault, other.binding))).toBe('missing-secret');
  });

  test('a workspace key put in another’s place', async () => {
    const { vault, directory } = await newVault();
    const one = await sealNew(vault, { workspaceId: 'acme' });
    await sealNew(vault, { workspaceId: 'globex' });
    onFile(directory, VAULT, (db) =>
      db.exec(
        `UPDATE workspace_keys SET sealed = (SELECT sealed FROM workspace_keys WHERE workspace_id = 'globex')`,
      ),
    );
    expect(await faultOf(textOf(vault, one.binding))).toBe('tampered');
  });

  test.each([
    ['vendor', { vendor: 'anthropic' }],
    ['endpoint', { endpoint: 'https://example.com' }],
    ['empty endpoint', { endpoint: '' }],
    ['fingerprint', { fingerprint: 'f'.repeat(55) }],
  ])('the event log says another %s', async (_, other) => {
    const { vault } = await newVault();
    const { binding } = await sealNew(vault);
    expect(await faultOf(textOf(vault, { ...binding, ...other }))).toBe('tampered');
  });

  test('the row’s own fingerprint was changed, so that a shred by it would pass the row by', async () => {
    const { vault, directory } = await newVault();
    const { binding } = await sealNew(vault);
    onFile(directory, VAULT, (db) =>
      db.prepare('UPDATE sealed_secrets SET fingerprint = ?').run('f'.repeat(55)),
    );
    expect(await faultOf(textOf(vault, binding))).toBe('tampered');
  });

  test('the row’s own fingerprint was changed together with the log’s', async () => {
    const { vault, directory } = await newVault();
    const { binding } = await sealNew(vault);
    const forged = 'f'.repeat(55);
    onFile(directory, VAULT, (db) => db.prepare('UPDATE sealed_secrets SET fingerprint = ?').run(forged));
    expect(await faultOf(textOf(vault, { ...binding, fingerprint: forged }))).toBe('tampered');
  });

  test('rows of another vault', async () => {
    const [one, other] = [await newVault(), await newVault()];
    const mine = await sealNew(one.vault);
    await sealNew(other.vault);
    const stolen = onFile(other.directory, VAULT, (db) =>
      db.prepare('SELECT sealed FROM workspace_keys').pluck().get(),
    );
    onFile(one.directory, VAULT, (db) => db.prepare('UPDATE workspace_keys SET sealed = ?').run(stolen));
    expect(await faultOf(textOf(one.vault, mine.binding))).toBe('tampered');
  });

  test('a workspace key that is gone', async () => {
    const { vault, directory } = await newVault();
    const { binding } = await sealNew(vault);
    onFile(directory, VAULT, (db) => db.exec('DELETE FROM workspace_keys'));
    expect(await faultOf(textOf(vault, binding))).toBe('tampered');
  });
});
