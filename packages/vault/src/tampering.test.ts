import { describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as fc from 'fast-check';
import { openVault } from './openVault';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { sealNew, textOf } from './testSupport/vaults';
import { flipBit, onEachStorage, type BytesColumn } from './testSupport/storages';

const bits = fc.nat({ max: 8 * 400 - 1 });

/** Every blob that a release reads. */
const released: ReadonlyArray<BytesColumn> = [
  { table: 'sealed_secrets', column: 'sealed' },
  { table: 'sealed_secrets', column: 'data_key_id' },
  { table: 'workspace_keys', column: 'sealed' },
  { table: 'data_keys', column: 'sealed' },
  { table: 'data_keys', column: 'data_key_id' },
];

/** Every blob that opening the vault reads. */
const opened: ReadonlyArray<BytesColumn> = [
  { table: 'deployment', column: 'master_key_id' },
  { table: 'deployment', column: 'master_check' },
  { table: 'deployment', column: 'sealed_pepper' },
];

onEachStorage(({ newVault, emptyVault }) => {
  describe('a single bit changed in what is stored', () => {
    test.each(released)('$table.$column: the secret does not open', async (column) => {
      const made = await emptyVault();
      const { vault } = made;
      const { binding, text } = await sealNew(vault);
      await fc.assert(
        fc.asyncProperty(bits, async (bit) => {
          await flipBit(made, column, bit);
          expect(await faultOf(textOf(vault, binding))).toBe('tampered');
          await flipBit(made, column, bit);
        }),
        { numRuns: longRuns(40) },
      );
      expect(await succeed(textOf(vault, binding))).toBe(text);
    });

    test.each(opened)('$table.$column: the vault does not open', async (column) => {
      const made = await emptyVault();
      const { options } = made;
      await fc.assert(
        fc.asyncProperty(bits, async (bit) => {
          await flipBit(made, column, bit);
          expect(await faultOf(openVault(options))).toBe('tampered');
          await flipBit(made, column, bit);
        }),
        { numRuns: longRuns(25) },
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
      const { vault, sql } = await emptyVault();
      const one = await sealNew(vault, { keyId: 'key-1' });
      const other = await sealNew(vault, { keyId: 'key-2', workspaceId: otherWorkspace });
      for (const table of ['sealed_secrets', 'data_keys']) {
        await sql(away.replace('sealed_secrets', table));
        await sql(`UPDATE ${table} SET key_id = 'key-1', workspace_id = 'acme' WHERE key_id = 'key-2'`);
      }
      await sql('UPDATE sealed_secrets SET fingerprint = $1', one.binding.fingerprint);
      expect(await faultOf(textOf(vault, one.binding))).toBe('tampered');
      expect(await faultOf(textOf(vault, other.binding))).toBe('missing-secret');
    });

    test('a workspace key put in another’s place', async () => {
      const { vault, sql } = await emptyVault();
      const one = await sealNew(vault, { workspaceId: 'acme' });
      await sealNew(vault, { workspaceId: 'globex' });
      await sql(
        `UPDATE workspace_keys SET sealed = (SELECT sealed FROM workspace_keys WHERE workspace_id = 'globex')`,
      );
      expect(await faultOf(textOf(vault, one.binding))).toBe('tampered');
    });

    test.each([
      ['vendor', { vendor: 'anthropic' }],
      ['endpoint', { endpoint: 'https://example.com' }],
      ['empty endpoint', { endpoint: '' }],
      ['fingerprint', { fingerprint: 'f'.repeat(55) }],
    ])('the event log says another %s', async (_, other) => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      expect(await faultOf(textOf(vault, { ...binding, ...other }))).toBe('tampered');
    });

    test('the row’s own fingerprint was changed, so that a shred by it would pass the row by', async () => {
      const { vault, sql } = await emptyVault();
      const { binding } = await sealNew(vault);
      await sql('UPDATE sealed_secrets SET fingerprint = $1', 'f'.repeat(55));
      expect(await faultOf(textOf(vault, binding))).toBe('tampered');
    });

    test('the row’s own fingerprint was changed together with the log’s', async () => {
      const { vault, sql } = await emptyVault();
      const { binding } = await sealNew(vault);
      const forged = 'f'.repeat(55);
      await sql('UPDATE sealed_secrets SET fingerprint = $1', forged);
      expect(await faultOf(textOf(vault, { ...binding, fingerprint: forged }))).toBe('tampered');
    });

    test('rows of another vault', async () => {
      const [one, other] = [await newVault(), await newVault()];
      const mine = await sealNew(one.vault);
      await sealNew(other.vault);
      const [stolen] = await other.sql('SELECT sealed FROM workspace_keys');
      if (!Buffer.isBuffer(stolen)) throw new Error('no workspace key');
      await one.sql('UPDATE workspace_keys SET sealed = $1', stolen);
      expect(await faultOf(textOf(one.vault, mine.binding))).toBe('tampered');
    });

    test('the vault’s own first row, gone while it runs', async () => {
      const { vault, sql } = await emptyVault();
      const { binding } = await sealNew(vault);
      await sql('DELETE FROM deployment');
      const opening = textOf(vault, { ...binding, vendor: 'anthropic' });
      expect(await faultOf(opening)).toBe('tampered');
      expect(await messageOf(opening)).toMatch(/ has lost its first row: restore the vault from a backup$/);
    });

    test('a workspace key that is gone', async () => {
      const { vault, sql } = await emptyVault();
      const { binding } = await sealNew(vault);
      await sql('DELETE FROM workspace_keys');
      expect(await faultOf(textOf(vault, binding))).toBe('tampered');
    });
  });
});
