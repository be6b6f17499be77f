import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { faultOf, newVault } from './testSupport/onServers';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

const W = ['--workspace', 'acme'];
const describeOnPostgres = onPostgres(describe);

let postgres: PostgresServer;
let esdb: EsdbServer;
let shop: Workshop;

/** Another machine of the deployment: a data directory and a copy of the master key. */
const machine = (name: string): ReadonlyArray<string> => {
  copyFileSync(shop.masterKey, join(shop.directory, `${name}.master-key`));
  return ['--data', join(shop.directory, name)];
};

describeOnPostgres('keyturn init --join', () => {
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    esdb = await startEsdbServer();
    const env = { ...(await newVault(postgres)), KEYTURN_STORE: esdb.connectionString };
    shop = await openWorkshop({ env });
  });
  afterEach(async () => {
    await esdb.close();
    await shop.close();
  });

  test('makes a second machine of a deployment on servers', async () => {
    const { keyId, secret, last4 } = await shop.add('acme');
    const second = machine('second');
    const joined = await shop.ask(['init', '--join', ...second]);
    expect(joined.status).toBe(0);
    expect(joined.document).toMatchObject({
      deploymentId: at((await shop.ask(['vault', 'info'])).document, 'vault', 'deploymentId'),
      joined: true,
      masterKey: { kind: 'file', made: false },
    });
    for (const directory of [shop.data, join(shop.directory, 'second')]) {
      expect(readdirSync(directory).sort()).toEqual(['event-store.json', 'read-models.sqlite', 'vault.json']);
    }

    expect((await shop.run(['keys', 'list', ...W, ...second])).stdout).toContain(`…${last4}`);
    const use = ['--secret-via', 'stdin', '--exec', 'cat > got'];
    expect((await shop.run(['runs', 'start', 'r1', ...W, ...use, ...second])).status).toBe(0);
    expect(readFileSync(join(shop.directory, 'got'), 'utf8')).toBe(secret);
    const same = await shop.ask(['keys', 'add', '--vendor', 'anthropic', ...W, ...second], { input: secret });
    expect(same.status).toBe(1);
    expect((await shop.run(['keys', 'validate', keyId, ...W, ...second])).status).toBe(0);
    expect((await shop.run(['sweep', ...second])).status).toBe(0);
    expect((await faultOf(shop, ['init', '--join', ...second])).code).toBe('already-initialised');
  });

  test('is asked for where init finds a vault', async () => {
    const second = machine('second');
    const { code, stderr } = await faultOf(shop, ['init', ...second]);
    expect(code).toBe('already-initialised');
    expect(stderr).toContain('keyturn init --join');
    const without = { KEYTURN_VAULT: '' };
    expect((await faultOf(shop, ['init', ...second], without)).stderr).toContain('keyturn init --join');
    expect(existsSync(join(shop.directory, 'second', 'vault'))).toBe(false);
  });

  test('takes up an init that was cut off behind the making of the vault', async () => {
    rmSync(join(shop.data, 'vault.json'));
    expect((await faultOf(shop, ['keys', 'list', ...W])).code).toBe('incomplete-data-directory');
    expect((await faultOf(shop, ['keys', 'validate', 'none-of-these', ...W])).code).toBe(
      'incomplete-data-directory',
    );
    expect((await faultOf(shop, ['init'])).stderr).toContain('keyturn init --join');
    expect((await shop.run(['init', '--join'])).status).toBe(0);
    await shop.add('acme');
  });

  test('needs the master key of the deployment, and makes none', async () => {
    const key = join(shop.directory, 'second.master-key');
    const second = machine('second');
    rmSync(key);
    expect((await faultOf(shop, ['init', '--join', ...second])).code).toBe('master-key-missing');
    expect(existsSync(key)).toBe(false);
    writeFileSync(key, `keyturn-master-key-1:${Buffer.alloc(32, 1).toString('base64')}\n`, { mode: 0o600 });
    expect((await faultOf(shop, ['init', '--join', ...second])).code).toBe('master-key-wrong');
    expect(existsSync(join(shop.directory, 'second'))).toBe(false);
  });

  test('refuses another store, a database without a vault, and what is on this machine alone', async () => {
    const second = machine('second');
    const other = await startEsdbServer();
    try {
      const env = { KEYTURN_STORE: other.connectionString };
      expect((await faultOf(shop, ['init', '--join', ...second], env)).code).toBe('other-event-store');
    } finally {
      await other.close();
    }
    expect((await faultOf(shop, ['init', '--join', ...second], await newVault(postgres))).code).toBe(
      'not-initialised',
    );
    for (const [env, wanted] of [
      [{ KEYTURN_VAULT: '' }, '--vault'],
      [{ KEYTURN_STORE: '' }, '--store'],
    ] as const) {
      const { status, stderr } = await shop.run(['init', '--join', ...second], { env });
      expect(status).toBe(2);
      expect(stderr).toContain(wanted);
    }
    expect((await shop.run(['init', '--join', '--passphrase', ...second])).status).toBe(2);
    expect(existsSync(join(shop.directory, 'second'))).toBe(false);
  });

  test('takes a machine that lost to another one', async () => {
    const fresh = { ...(await newVault(postgres)), KEYTURN_STORE: '' };
    const store = await startEsdbServer();
    try {
      const env = { ...fresh, KEYTURN_STORE: store.connectionString };
      const names = ['one', 'two'];
      const at = (name: string) => ['--data', join(shop.directory, name)];
      const outcomes = await Promise.all(names.map((name) => shop.runReal(['init', ...at(name)], { env })));
      expect(outcomes.map(({ status }) => status).sort()).toEqual([0, 3]);
      const [won, lost] = outcomes[0]?.status === 0 ? names : names.reverse();
      const said = outcomes.map(({ stderr }) => stderr).join('');
      expect(said).toContain('keyturn init --join');
      // It may have lost before it made a master key, or behind that.
      const madeKey = existsSync(join(shop.directory, `${lost}.master-key`));
      expect(said.includes('Nothing was touched')).toBe(!madeKey);
      copyFileSync(join(shop.directory, `${won}.master-key`), join(shop.directory, `${lost}.master-key`));
      expect((await shop.run(['init', '--join', ...at(lost ?? '')], { env })).status).toBe(0);
      const unknown = ['keys', 'validate', 'none-of-these', ...W];
      for (const name of names) {
        expect((await shop.run([...unknown, ...at(name)], { env })).status).toBe(1);
      }
    } finally {
      await store.close();
    }
  });
});
