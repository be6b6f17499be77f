import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyturnOptions } from '../keyturn';
import { openKeyturn } from '../openKeyturn';
import { openKeyturnReader } from '../openKeyturnReader';
import { ada, atWork } from '../testSupport/atWork';
import { backupKeyturn, describeVault, initKeyturn, joinKeyturn, restoreKeyturn } from './deployment';

const at = atWork({ made: false });

let esdb: EsdbServer;
beforeEach(async () => {
  esdb = await startEsdbServer();
});
afterEach(() => esdb.close());

const addOne = async (options: KeyturnOptions): Promise<string> => {
  const keyturn = await openKeyturn(options);
  try {
    const pasted = at().sandbox.issueKey('openai');
    const { key } = await keyturn.keys.add(ada, { vendor: 'openai', pasted });
    await keyturn.runs.use(ada, { runId: 'compile-1' }, ({ secret }) => {
      expect(secret.reveal()).toBe(pasted);
    });
    return key.keyId;
  } finally {
    await keyturn.close();
  }
};

describe('events on EventStoreDB, the vault in a directory', () => {
  test('is made once, opens again, and is not opened without its store', async () => {
    const { options } = at();
    const there = { ...options, eventStore: esdb.connectionString };
    const keyId = await addOne({ ...there, create: 'if-missing' });
    const { directory = '' } = options;
    expect(readdirSync(directory).sort()).toEqual(['event-store.json', 'read-models.sqlite', 'vault']);
    const reader = await openKeyturnReader({
      directory,
      eventStore: () => esdb.connectionString,
      authorize: () => true,
    });
    await expect(reader.keys.list(ada)).resolves.toMatchObject([{ keyId }]);
    await reader.close();
    await expect(openKeyturn(options)).rejects.toMatchObject({
      code: 'other-event-store',
      next: ['name-event-store', 'name-directory'],
    });
  });

  test('is not opened on another store', async () => {
    const { options } = at();
    await addOne({ ...options, eventStore: esdb.connectionString, create: 'if-missing' });
    const other = await startEsdbServer();
    try {
      await expect(openKeyturn({ ...options, eventStore: other.connectionString })).rejects.toMatchObject({
        code: 'other-event-store',
      });
    } finally {
      await other.close();
    }
  });
});

onPostgres(describe)('events and vault on servers', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test('need no directory, and are joined from one', async () => {
    const { root, options } = at();
    const vault = await postgres.newDatabase();
    const servers = { eventStore: esdb.connectionString, vault };
    const { masterKey, authorize, endpointOverrides = {} } = options;
    const made = await initKeyturn({
      ...servers,
      readModels: join(root, 'one.sqlite'),
      masterKey: { file: join(root, 'master.key') },
    });
    expect(made.madeMasterKey).toBe(true);
    const open = { ...servers, masterKey, authorize, endpointOverrides, housekeeping: false };
    const keyId = await addOne({ ...open, readModels: join(root, 'one.sqlite') });
    await expect(
      initKeyturn({
        ...servers,
        directory: join(root, 'two'),
        masterKey: { file: join(root, 'master.key') },
      }),
    ).rejects.toMatchObject({ code: 'already-initialised', next: ['name-directory', 'join'] });
    const joined = await joinKeyturn({ ...servers, directory: join(root, 'two'), masterKey });
    expect(joined).toEqual({ deploymentId: made.deploymentId, madeMasterKey: false });
    const second = await openKeyturn({ ...open, directory: join(root, 'two') });
    await expect(second.keys.list(ada)).resolves.toMatchObject([{ keyId }]);
    await second.close();
    await expect(describeVault({ ...servers, directory: join(root, 'two') })).resolves.toMatchObject({
      deploymentId: made.deploymentId,
      place: { kind: 'postgresql' },
    });
  });
});

describe('backup and verification of what lies on servers', () => {
  test('events on EventStoreDB: the vault is saved with its name, restored beside it, and verified', async () => {
    const { root, options } = at();
    const there = { ...options, eventStore: esdb.connectionString };
    const keyId = await addOne({ ...there, create: 'if-missing' });
    const made = await backupKeyturn({ directory: join(root, 'data'), to: join(root, 'backup') });
    expect(made).toMatchObject({
      heads: null,
      files: [
        { path: 'vault/vault.sqlite' },
        { path: 'vault/vault-keys.sqlite' },
        { path: 'event-store.json' },
      ],
    });
    await restoreKeyturn({ directory: join(root, 'restored'), from: join(root, 'backup') });
    const restored = at().opened(await openKeyturn({ ...there, directory: join(root, 'restored') }));
    expect(await restored.keys.list(ada)).toMatchObject([{ keyId }]);
    expect(await restored.verify(ada)).toMatchObject({ keysOpened: 1, findings: [] });
    expect(await restored.verify({ actor: ada.actor })).toMatchObject({ workspaces: 1, findings: [] });
  });
});

onPostgres(describe)('backup and verification with the vault in PostgreSQL', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  test('the events are saved with what names the vault; half a vault is found', async () => {
    const { root, options } = at();
    const vault = await postgres.newDatabase();
    const there = { ...options, vault };
    await initKeyturn({
      directory: join(root, 'data'),
      vault,
      masterKey: { file: join(root, 'master.key') },
    });
    const keyId = await addOne(there);
    expect(await backupKeyturn({ directory: join(root, 'data'), to: join(root, 'backup') })).toMatchObject({
      masterKeyId: null,
      logKeyNumber: null,
      heads: [{ workspaceId: 'acme' }],
      files: [{ path: 'vault.json' }, { path: 'events.sqlite' }],
    });
    await restoreKeyturn({ directory: join(root, 'restored'), from: join(root, 'backup') });
    const restored = at().opened(await openKeyturn({ ...there, directory: join(root, 'restored') }));
    expect(await restored.verify(ada)).toMatchObject({ keysOpened: 1, findings: [] });
    await postgres.sql('DELETE FROM keyturn_vault.data_keys', new URL(vault()).pathname.slice(1));
    expect((await restored.verify(ada)).findings).toMatchObject([{ kind: 'secret-lost-from-vault', keyId }]);
  });
});

describe('options that say too little', () => {
  test.each<Partial<KeyturnOptions>>([
    {},
    { eventStore: 'esdb://127.0.0.1:2113?tls=false' },
    { eventStore: 'esdb://127.0.0.1:2113?tls=false', vault: 'postgres://127.0.0.1/keyturn' },
    { directory: 'somewhere', vault: 'mysql://127.0.0.1/keyturn' },
    { directory: 'somewhere', eventStore: 'http://127.0.0.1' },
  ])('are refused: %j', async (places) => {
    const { masterKey, authorize } = at().options;
    await expect(openKeyturn({ ...places, masterKey, authorize })).rejects.toMatchObject({
      kind: 'fault',
      code: 'bad-option',
    });
  });
});
