import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { at, filesWith, openWorkshop, type Workshop } from './testSupport/workshop';

const W = ['--workspace', 'acme'];

let shop: Workshop;
let server: EsdbServer;
beforeEach(async () => {
  shop = await openWorkshop({ init: false });
  server = await startEsdbServer();
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const inStore = (connectionString = server.connectionString): ReadonlyArray<string> => [
  '--store',
  connectionString,
];

const faultOf = async (
  words: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const { status, document } = await shop.ask(words, { env });
  expect(status).toBe(3);
  return String(at(document, 'fault', 'code'));
};

describe('events in EventStoreDB', () => {
  test('are what every command works with', async () => {
    expect((await shop.run(['init', ...inStore()])).status).toBe(0);
    expect(existsSync(join(shop.data, 'events.sqlite'))).toBe(false);
    const added = await shop.add('acme', 'anthropic', 'valid', inStore());
    const env = { KEYTURN_STORE: server.connectionString };
    const list = await shop.run(['keys', 'list', ...W], { env });
    expect(list.stdout).toContain(`…${added.last4} · Default`);
    expect((await shop.run(['runs', 'start', 'r1', ...W], { env })).status).toBe(0);
    expect((await shop.run(['runs', 'finish', 'r1', ...W], { env })).status).toBe(0);
    expect((await shop.run(['audit', 'list', ...W], { env })).stdout).toContain('finished run r1');
    expect((await shop.run(['history', ...W], { env })).stdout).toContain(`…${added.last4} · Default`);
    expect((await shop.run(['projections', 'rebuild', 'audit-log'], { env })).status).toBe(0);
    expect((await shop.run(['projections', 'status'], { env })).stdout).not.toContain('behind');
  });

  test('are there again after the server was restarted', async () => {
    await shop.run(['init', ...inStore()]);
    const { last4 } = await shop.add('acme', 'anthropic', 'valid', inStore());
    server.restart();
    expect((await shop.run(['keys', 'list', ...W, ...inStore()])).stdout).toContain(`…${last4} · Default`);
  });

  test('ES-R2: two vaults that are made for a new store at once do not both get it', async () => {
    const other = await openWorkshop({ init: false });
    try {
      server.setIndexLag(300);
      const env = { KEYTURN_STORE: server.connectionString };
      const made = await Promise.all([shop, other].map((one) => one.ask(['init'], { env })));
      expect(made.map(({ status }) => status).sort()).toEqual([0, 3]);
      const refused = made.find(({ status }) => status === 3);
      expect(at(refused?.document, 'fault', 'code')).toBe('other-vault');
    } finally {
      await other.close();
    }
  });

  test('are not mixed with those of another server', async () => {
    await shop.run(['init', ...inStore()]);
    const other = await startEsdbServer();
    try {
      expect(await faultOf(['keys', 'list', ...W, ...inStore(other.connectionString)])).toBe(
        'other-event-store',
      );
      expect(await faultOf(['init', ...inStore(other.connectionString)])).toBe('already-initialised');
    } finally {
      await other.close();
    }
  });

  test('are asked for where none are named', async () => {
    await shop.run(['init', ...inStore()]);
    const { status, document, stderr } = await shop.ask(['keys', 'list', ...W]);
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('other-event-store');
    expect(stderr).toContain('KEYTURN_STORE');
    expect(existsSync(join(shop.data, 'events.sqlite'))).toBe(false);
  });

  test('do not take the place of those in a data directory', async () => {
    await shop.run(['init']);
    expect(await faultOf(['keys', 'list', ...W, ...inStore()])).toBe('other-event-store');
    expect(await faultOf(['init', ...inStore()])).toBe('already-initialised');
  });

  test('do not get a second, empty vault', async () => {
    await shop.run(['init', ...inStore()]);
    await shop.add('acme', 'anthropic', 'valid', inStore());
    const elsewhere = ['--data', join(shop.directory, 'elsewhere')];
    expect(await faultOf(['init', ...elsewhere, ...inStore()])).toBe('incomplete-data-directory');
    expect(existsSync(join(shop.directory, 'elsewhere', 'vault'))).toBe(false);
    expect(await faultOf(['keys', 'list', ...W, ...elsewhere, ...inStore()])).toBe('not-initialised');
  });

  test('do not get a second vault before there is any key either', async () => {
    await shop.run(['init', ...inStore()]);
    const again = ['--data', join(shop.directory, 'again')];
    expect(await faultOf(['init', ...again, ...inStore()])).toBe('incomplete-data-directory');
    expect(existsSync(join(shop.directory, 'again', 'vault'))).toBe(false);
  });

  test('go to one of two that are initialised at once', async () => {
    const directories = ['one', 'two'].map((name) => ['--data', join(shop.directory, name)]);
    const outcomes = await Promise.all(
      directories.map((data) => shop.runReal(['init', ...data, ...inStore()])),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([0, 3]);
    const adding = await Promise.all(
      directories.map((data) => shop.run(['keys', 'validate', 'none-of-these', ...W, ...data, ...inStore()])),
    );
    // Refused for want of the key in the one, for want of the store in the other.
    expect(adding.map(({ status }) => status).sort()).toEqual([1, 3]);
  });

  test('of a record that was damaged are not guessed', async () => {
    await shop.run(['init', ...inStore()]);
    writeFileSync(join(shop.data, 'event-store.json'), '{"eventStore":"event');
    for (const store of [[], inStore()]) {
      expect(await faultOf(['keys', 'list', ...W, ...store])).toBe('incomplete-data-directory');
    }
  });

  test('are not exchanged by an init that is run again', async () => {
    await shop.run(['init', ...inStore()]);
    const record = join(shop.data, 'event-store.json');
    const before = readFileSync(record, 'utf8');
    rmSync(join(shop.data, 'vault'), { recursive: true });
    const other = await startEsdbServer();
    const { document } = await shop.ask(['init', '--store', other.connectionString]);
    await other.close();
    expect(at(document, 'fault', 'code')).toBe('other-event-store');
    expect(readFileSync(record, 'utf8')).toBe(before);
  });

  test('that can not be reached are a fault, and so it says', async () => {
    await shop.run(['init', ...inStore()]);
    server.stop();
    const { status, document } = await shop.ask(['keys', 'list', ...W, ...inStore()]);
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('unavailable');
    expect(String(at(document, 'fault', 'message'))).toContain('try again');
    server.start();
    expect((await shop.run(['workspaces', 'list', ...inStore()])).status).toBe(0);
  });

  test.each([
    ['another scheme', 'postgres://somewhere'],
    ['a wrong option', 'esdb://somewhere?tsl=false'],
    ['nothing', ''],
  ])('by a connection string of %s are a usage error', async (_, connectionString) => {
    const { status, stdout, stderr } = await shop.run(['keys', 'list', ...W, '--store', connectionString]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('esdb://');
    expect(stderr).not.toContain('somewhere');
  });
});

describe('the password of a server with users', () => {
  let secured: EsdbServer;
  beforeEach(async () => {
    secured = await startEsdbServer({ tls: true });
  });
  afterEach(() => secured.close());

  test('is in no output, log or file, whether it is right or wrong', async () => {
    const wrong = `wrong-${Date.now()}`;
    const right = { KEYTURN_STORE: secured.connectionString };
    const env = { ...right, DEBUG: '*', KEYTURN_DEBUG: '1' };
    expect(await faultOf(['init'], { ...env, NODE_DEBUG: 'http2' })).toBe('node-debug');
    expect((await shop.run(['init', '--verbose'], { env })).status).toBe(0);
    expect((await shop.run(['workspaces', 'list', '--verbose'], { env })).status).toBe(0);
    const refused = secured.connectionString.replace('changeit', wrong);
    expect(await faultOf(['keys', 'list', ...W], { ...env, KEYTURN_STORE: refused })).toBe('access-denied');
    const broken = await shop.run(['keys', 'list', ...W], {
      env: { ...env, KEYTURN_STORE: refused.replace('@', '@@').replace('tlsCAFile', wrong) },
    });
    expect(broken.status).toBe(2);
    for (const password of ['changeit', wrong]) {
      for (const text of [password, Buffer.from(`admin:${password}`).toString('base64')]) {
        expect(shop.printed()).not.toContain(text);
        expect(filesWith(shop.directory, [text])).toEqual([]);
      }
    }
    expect(readFileSync(join(shop.data, 'event-store.json'), 'utf8')).not.toContain('localhost');
  });

  test('is refused among the arguments, and not repeated', async () => {
    const { status, stdout, stderr } = await shop.run(['init', '--store', secured.connectionString]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('put it into KEYTURN_STORE');
    expect(stderr).not.toContain('changeit');
    expect(existsSync(shop.data)).toBe(false);
  });
});
