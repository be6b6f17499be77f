import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { faultOf, newVault, type VaultEnvironment } from './testSupport/onServers';
import { filesWith, openWorkshop, type Workshop } from './testSupport/workshop';

const W = ['--workspace', 'acme'];
const VALIDATE = ['keys', 'validate', 'none-of-these', ...W];
const describeOnPostgres = onPostgres(describe);

let server: PostgresServer;
let shop: Workshop;
let vault: VaultEnvironment;

const codeOf = async (words: ReadonlyArray<string>, env: Readonly<Record<string, string>> = vault) =>
  (await faultOf(shop, words, env)).code;

describeOnPostgres('a vault in PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    vault = await newVault(server);
    shop = await openWorkshop({ init: false });
  });
  afterEach(() => shop.close());

  test('is asked for where it is not named', async () => {
    expect((await shop.run(['init'], { env: vault })).status).toBe(0);
    for (const words of [VALIDATE, ['vault', 'info'], ['vault', 'rotate-master-key'], ['sweep']]) {
      const { code, stderr } = await faultOf(shop, words);
      expect(code).toBe('other-vault');
      expect(stderr).toContain('KEYTURN_VAULT');
    }
    expect(await codeOf(['init'], {})).toBe('already-initialised');
    expect(await codeOf(['init'])).toBe('already-initialised');
  });

  test('does not take the place of the one in a data directory', async () => {
    await shop.run(['init']);
    for (const words of [VALIDATE, ['keys', 'list', ...W], ['vault', 'info'], ['vault', 'rotate-master-key']])
      expect(await codeOf(words)).toBe('other-vault');
    expect(await codeOf(['init'])).toBe('already-initialised');
  });

  test('is not mixed up with another one', async () => {
    await shop.run(['init'], { env: vault });
    const [empty, other] = [await newVault(server), await newVault(server)];
    await shop.run(['init', '--data', join(shop.directory, 'other')], { env: other });
    for (const env of [empty, other]) {
      for (const words of [VALIDATE, ['vault', 'info'], ['vault', 'rotate-master-key']])
        expect(await codeOf(words, env)).toBe('other-vault');
    }
  });

  test('that is without a data directory is a fault', async () => {
    for (const words of [VALIDATE, ['vault', 'info']]) expect(await codeOf(words)).toBe('not-initialised');
  });

  test('has a data directory that does not guess what was lost or damaged', async () => {
    await shop.run(['init'], { env: vault });
    writeFileSync(join(shop.data, 'vault.json'), '{"vault":"post');
    for (const env of [{}, vault])
      for (const words of [VALIDATE, ['init']])
        expect(await codeOf(words, env)).toBe('incomplete-data-directory');
    writeFileSync(join(shop.data, 'vault.json'), '{"vault":"postgresql","deploymentId":"x"}');
    rmSync(join(shop.data, 'events.sqlite'));
    expect(await codeOf(['init'])).toBe('incomplete-data-directory');
    expect(await codeOf(['keys', 'list', ...W])).toBe('incomplete-data-directory');
  });

  test('is what a directory with its events, that has lost what names the vault, is asked for', async () => {
    await shop.run(['init'], { env: vault });
    await shop.add('acme', 'anthropic', 'valid', [], vault);
    rmSync(join(shop.data, 'vault.json'));
    for (const env of [{}, vault])
      expect((await faultOf(shop, ['init'], env)).stderr).toContain('keyturn init --join');
    expect((await shop.run(['init', '--join'], { env: vault })).status).toBe(0);
    expect((await shop.run(VALIDATE, { env: vault })).status).toBe(1);
  });

  test('whose server is away is a fault, and so it says', async () => {
    await shop.run(['init'], { env: vault });
    await server.kill();
    try {
      const { code, message } = await faultOf(shop, VALIDATE, vault);
      expect(code).toBe('unavailable');
      expect(message).toContain('no server answers there');
      expect(await codeOf(['init', '--data', join(shop.directory, 'other')])).toBe('unavailable');
      expect(readdirSync(shop.directory)).not.toContain('other');
    } finally {
      await server.restart();
    }
    expect((await shop.run(VALIDATE, { env: vault })).status).toBe(1);
  });

  test('whose owner lacks the rights that a shred needs is not made', async () => {
    const env = { KEYTURN_VAULT: (await server.newDatabase({ rights: 'none' }))() };
    const { code, message } = await faultOf(shop, ['init'], env);
    expect(code).toBe('unavailable');
    expect(message).toContain('docs/postgresql.md');
    expect((await shop.run(['init'], { env: vault })).status).toBe(0);
  });

  test('whose user may not write is a fault', async () => {
    const { password, pathname } = new URL(vault.KEYTURN_VAULT);
    await server.sql(`CREATE ROLE reader LOGIN PASSWORD '${password}'`);
    try {
      const reader = { KEYTURN_VAULT: server.connectionString(pathname.slice(1), { user: 'reader' }) };
      expect((await shop.run(['init'], { env: vault })).status).toBe(0);
      expect(await codeOf(VALIDATE, reader)).toBe('not-writable');
    } finally {
      await server.sql('DROP ROLE reader');
    }
  });
});

describeOnPostgres('the password of a vault’s server', () => {
  const wrong = 'wrong-canary-0f5c';
  let password: string;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    vault = await newVault(server);
    password = new URL(vault.KEYTURN_VAULT).password;
    shop = await openWorkshop({ init: false });
  });
  afterEach(() => shop.close());

  const expectUnseen = (): void => {
    const texts = [password, wrong].flatMap((text) => [text, Buffer.from(text).toString('base64')]);
    for (const text of texts) expect(shop.printed()).not.toContain(text);
    expect(filesWith(shop.directory, texts)).toEqual([]);
    expect(shop.printed()).not.toContain('postgres://vault_');
  };

  /** The same without the password. */
  const bare = (): string => vault.KEYTURN_VAULT.replace(`:${password}@`, '@');

  test('is in no output, log or file, whether it is right or wrong', async () => {
    const loud = { DEBUG: '*', KEYTURN_DEBUG: '1' };
    const right = { ...vault, ...loud };
    expect(await codeOf(['init', '--verbose'], { ...right, NODE_DEBUG: 'net,tls' })).toBe('node-debug');
    expect((await shop.run(['init', '--verbose'], { env: right })).status).toBe(0);
    expect((await shop.run([...VALIDATE, '--verbose'], { env: right })).status).toBe(1);
    const refused = { ...loud, KEYTURN_VAULT: vault.KEYTURN_VAULT.replace(password, wrong) };
    expect(await codeOf([...VALIDATE, '--verbose'], refused)).toBe('unavailable');
    for (const spoil of ['@@', `:${wrong}:x@`, `/${wrong}?@`, ` ${wrong}@`]) {
      const broken = { ...loud, KEYTURN_VAULT: refused.KEYTURN_VAULT.replace('@', spoil) };
      expect((await shop.run([...VALIDATE, '--verbose'], { env: broken })).status).toBe(3);
    }
    expect((await shop.run(VALIDATE, { env: { ...loud, KEYTURN_VAULT: wrong } })).status).toBe(2);
    expectUnseen();
  });

  test('is not taken, nor repeated, as an argument', async () => {
    for (const words of [
      ['keys', 'list', ...W, '--vault', vault.KEYTURN_VAULT],
      ['--vault', `postgres://a:${wrong}@h/b`, 'init'],
      [`postgres://a:${wrong}@h/b`],
      ['init', `--valut=postgres://a:${wrong}@h/b`],
    ]) {
      const { status, stderr } = await shop.run(words, { env: { KEYTURN_DEBUG: '1' } });
      expect(status).toBe(2);
      expect(stderr).not.toBe('');
    }
    expect(readdirSync(shop.directory)).toEqual([]);
    expectUnseen();
  });

  test('is found where PostgreSQL has it, and reaches no command of --exec', async () => {
    // The driver reads them from its process's own environment.
    await shop.close();
    shop = await openWorkshop({ init: false, real: true });
    const file = join(shop.directory, 'pgpass');
    const { hostname, port, username, pathname } = new URL(vault.KEYTURN_VAULT);
    expect((await shop.run(['init', '--vault', bare()], { env: { PGPASSWORD: password } })).status).toBe(0);
    await shop.add('acme', 'anthropic', 'valid', [], { PGPASSWORD: password, KEYTURN_VAULT: bare() });
    const look = [
      '--secret-via',
      'stdin',
      '--exec',
      'env > seen; cat /proc/[0-9]*/cmdline > processes 2> /dev/null; true',
    ];
    const started = await shop.run(['runs', 'start', 'r1', ...W, ...look], {
      env: { ...vault, PGPASSWORD: wrong, PGPASSFILE: file, PGUSER: wrong },
    });
    expect(started.status).toBe(0);
    const seen = join(shop.directory, 'seen');
    expect(filesWith(shop.directory, ['LOGNAME=', 'HOME='])).toEqual([seen]);
    expect(filesWith(shop.directory, ['PG', 'KEYTURN_VAULT'])).not.toContain(seen);
    writeFileSync(file, `${hostname}:${port}:${pathname.slice(1)}:${username}:${password}\n`, {
      mode: 0o600,
    });
    const passFile = { PGPASSFILE: file, KEYTURN_VAULT: bare() };
    expect((await shop.run(VALIDATE, { env: passFile })).status).toBe(1);
    expect((await shop.run(VALIDATE, { env: { ...passFile, PGPASSFILE: seen } })).status).toBe(3);
    rmSync(file);
    expectUnseen();
  });
});
