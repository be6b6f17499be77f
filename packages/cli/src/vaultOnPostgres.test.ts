import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { newVault, type VaultEnvironment } from './testSupport/onServers';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

const W = ['--workspace', 'acme'];
const describeOnPostgres = onPostgres(describe);

let server: PostgresServer;
let shop: Workshop;
let vault: VaultEnvironment;

describeOnPostgres('the vault in PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    shop = await openWorkshop({ init: false, env: (vault = await newVault(server)) });
  });
  afterEach(() => shop.close());

  test('is what every command works with', async () => {
    const made = await shop.ask(['init']);
    expect(made.document).toMatchObject({ joined: false, masterKey: { made: true } });
    expect(existsSync(join(shop.data, 'vault'))).toBe(false);
    expect(JSON.parse(readFileSync(join(shop.data, 'vault.json'), 'utf8'))).toEqual({
      vault: 'postgresql',
      deploymentId: at(made.document, 'deploymentId'),
    });

    const [old, current] = [await shop.add('acme'), await shop.add('acme')];
    const start = await shop.run([
      ...['runs', 'start', 'r1', ...W, '--env-name', 'VENDOR_KEY'],
      ...['--exec', 'printf %s "$VENDOR_KEY" > got'],
    ]);
    expect(start.status).toBe(0);
    expect(readFileSync(join(shop.directory, 'got'), 'utf8')).toBe(old.secret);
    rmSync(join(shop.directory, 'got'));

    expect((await shop.run(['vault', 'info'])).stdout).toContain('In PostgreSQL, made');
    expect(at((await shop.ask(['vault', 'info'])).document, 'vault')).toMatchObject({
      deploymentId: at(made.document, 'deploymentId'),
      place: { kind: 'postgresql' },
    });
    const leak = [
      'keys',
      'hard-delete',
      '--yes',
      old.keyId,
      ...W,
      '--case',
      'C-1',
      '--successor',
      current.keyId,
    ];
    expect(at((await shop.ask(leak)).document, 'destructions')).toMatchObject([
      { keyId: old.keyId, state: 'confirmed', proof: 'erased' },
    ]);
    expect((await shop.ask(['vault', 'rotate-master-key', '--compromised'])).document).toMatchObject({
      rotated: { renewed: true, dataKeysResealed: 1 },
    });
    expect((await shop.ask(['sweep', '--grace', '0'])).document).toMatchObject({
      sweep: { repairs: [], pending: [] },
    });
    expect((await shop.run(['keys', 'delete', '--yes', current.keyId, ...W, '--leave-empty'])).status).toBe(
      0,
    );
    expect((await shop.run(['audit', 'list', ...W])).stdout).toContain('destroyed');
  });

  test('room 8: says of what it destroys how far that is proven, in words and in JSON', async () => {
    await shop.run(['init', '--proof', 'row']);
    const [first, second] = [await shop.add('acme'), await shop.add('acme')];
    const leak = (keyId: string) => ['keys', 'hard-delete', keyId, ...W, '--case', 'C-1', '--yes'];
    const told = await shop.run([...leak(first.keyId), '--successor', second.keyId]);
    expect(told.stdout).toContain(
      'is destroyed in the vault: its rows confirmed (proof: row); the server may',
    );
    // And so it does of one that was destroyed before, and where a workspace is closed.
    expect(at((await shop.ask(leak(first.keyId))).document, 'destructions')).toEqual([
      { keyId: first.keyId, state: 'confirmed', proof: 'row', reason: null },
    ]);
    const close = ['workspaces', 'close', 'acme', '--case', 'LEFT-1', '--yes'];
    const closed = await shop.run(close);
    expect(closed.stdout).toMatch(/destroyed in the vault on .*, its rows confirmed \(proof: row\)/);
    expect(at((await shop.ask(close)).document, 'keys', 0, 'receipt')).toMatchObject({ proof: 'row' });
  });

  test('opens with a passphrase', async () => {
    const file = join(shop.directory, 'passphrase');
    const env = { ...vault, KEYTURN_PASSPHRASE_FILE: file };
    writeFileSync(file, 'correct horse battery staple\n', { mode: 0o600 });
    expect((await shop.run(['init', '--passphrase'], { env })).status).toBe(0);
    const { keyId } = await shop.add('acme', 'anthropic', 'valid', ['--passphrase-file', file]);
    expect((await shop.run(['keys', 'validate', keyId, ...W], { env })).status).toBe(0);
  });

  test('is not asked for what needs no vault', async () => {
    await shop.run(['init']);
    const { last4 } = await shop.add('acme');
    for (const without of [{ KEYTURN_VAULT: '' }, { KEYTURN_VAULT: 'postgres://127.0.0.1:1/none' }]) {
      expect((await shop.run(['keys', 'list', ...W], { env: without })).stdout).toContain(`…${last4}`);
      expect((await shop.run(['history', ...W], { env: without })).status).toBe(0);
    }
  });
});
