import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { keptDeployments, type KeptDeployment } from '@keyturn/testbed';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { sampled } from '@keyturn/testbed/sampling';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openKeyturn } from '../openKeyturn';
import { openKeyturnReader } from '../openKeyturnReader';
import { ada, atWork } from '../testSupport/atWork';
import { putKept } from '../testSupport/keptData';
import { backupKeyturn, describeVault, migrateKeyturn, restoreKeyturn, rotateMasterKey } from './deployment';
import type { MigrationProgress } from './migrate';
import type { PlaceOptions } from './place';

const at = atWork({ made: false });
const beta = { ...ada, workspaceId: 'beta' };

let server: PostgresServer | null = null;
const postgres = (): PostgresServer => {
  if (server === null) throw new Error('there is no server here');
  return server;
};

const embedded = keptDeployments.filter(({ vaultKind }) => vaultKind === 'sqlite');
const onServer = keptDeployments
  .filter(({ vaultKind }) => vaultKind === 'postgres')
  .sort((a, b) => a.vaultFormat - b.vaultFormat);
const [oldest] = [...embedded].sort((a, b) => a.vaultFormat - b.vaultFormat);

const putOldest = (root = at().root): Promise<PlaceOptions> => {
  if (oldest === undefined) throw new Error('no deployment is kept');
  return putKept(oldest, root, postgres);
};

const open = (place: PlaceOptions) => at().open(place);

const thrownBy = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: unknown) => (error instanceof Error ? error : Promise.reject(new Error('no error was thrown'))),
  );

/** Everything works as it did: lists, seals, witnesses, removals, secrets, runs, deletes, the audit log. */
const expectService = async (place: PlaceOptions): Promise<void> => {
  const keyturn = await open(place);
  expect(await keyturn.verify({ actor: ada.actor })).toMatchObject({
    workspaces: 2,
    keysOpened: 3,
    findings: [],
  });
  const [default_, other, ...more] = await keyturn.keys.list(ada);
  expect([default_, other, more]).toMatchObject([{ vendor: 'anthropic' }, { vendor: 'openai' }, []]);
  for (const ctx of [ada, beta]) {
    const [key] = await keyturn.keys.list(ctx);
    await keyturn.runs.use(ctx, { runId: 'after' }, ({ secret }) => {
      expect(secret.reveal().slice(-4)).toBe(key?.last4);
    });
  }
  expect((await keyturn.audit.page(ada)).entries.map(({ type }) => type)).toContain('KeyHardDeleted');
  const pasted = at().sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
  await keyturn.keys.delete(ada, { keyId: key.keyId });
  expect((await keyturn.verify({ actor: ada.actor })).findings).toEqual([]);
  await keyturn.close();
};

const expectMigrated = async (kept: KeptDeployment): Promise<void> => {
  const place = await putKept(kept, at().root, postgres);
  const planned = await migrateKeyturn({ ...place, dryRun: true });
  expect(planned).toMatchObject({
    dryRun: true,
    eventStore: { format: kept.eventsFormat },
    vault: { format: kept.vaultFormat },
  });
  expect(await migrateKeyturn({ ...place, dryRun: true })).toEqual(planned);

  const told: MigrationProgress[] = [];
  const done = await migrateKeyturn({ ...place, onMigration: (step) => told.push(step) });
  expect(done).toEqual({ ...planned, dryRun: false });
  expect(told.map(({ store, from, to, adds }) => ({ store, from, to, adds }))).toEqual([
    ...(done.eventStore?.steps ?? []).map((step) => ({ store: 'event-store', ...step })),
    ...done.vault.steps.map((step) => ({ store: 'vault', ...step })),
  ]);
  expect(told.map(({ done: n, total }) => [n, total])).toEqual(told.map((_, n) => [n, told.length]));

  const again = await migrateKeyturn({ ...place, onMigration: () => expect('a step').toBe('none') });
  expect([again.eventStore?.steps, again.vault.steps]).toEqual([[], []]);
  await expectService(place);
};

test.each(embedded.map((kept) => [kept.name, kept] as const))(
  '%s opens after a migration, and serves as before',
  (_, kept) => expectMigrated(kept),
);

onPostgres(describe)('with the vault in PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
    server = null;
  });

  test.each(sampled(onServer, 1).map((kept) => [kept.name, kept] as const))(
    '%s opens after a migration, and serves as before',
    (_, kept) => expectMigrated(kept),
  );

  test('with the events in EventStoreDB the vault alone is migrated, and that server is not asked', async () => {
    const [kept] = onServer;
    if (kept === undefined) throw new Error('no deployment is kept');
    const { vault = '' } = await putKept(kept, at().root, postgres);
    const place = {
      vault,
      eventStore: 'esdb://127.0.0.1:1?tls=false',
      readModels: join(at().root, 'read-models.sqlite'),
    };
    expect(await migrateKeyturn(place)).toMatchObject({
      eventStore: null,
      vault: { format: kept.vaultFormat },
    });
    expect(await migrateKeyturn(place)).toMatchObject({ eventStore: null, vault: { steps: [] } });
  });

  test('the vault of another deployment is not migrated', async () => {
    const [kept] = onServer;
    if (kept === undefined) throw new Error('no deployment is kept');
    const place = await putKept(kept, at().root, postgres);
    rmSync(join(at().root, 'data'), { recursive: true });
    await putOldest();
    await expect(migrateKeyturn({ ...place, directory: join(at().root, 'data') })).rejects.toMatchObject({
      code: 'other-vault',
    });
  });
});

describe('a deployment of an older release', () => {
  test('is refused by all that would open it, with what to do', async () => {
    const place = await putOldest();
    const { options } = at();
    const { directory = '' } = place;
    const ways = [
      () => openKeyturn(options),
      () => openKeyturn({ ...options, create: 'if-missing' }),
      () => openKeyturnReader({ directory, authorize: () => true }),
      () => describeVault(place),
      () => rotateMasterKey({ ...place, masterKey: options.masterKey }),
    ];
    for (const way of ways) {
      await expect(way()).rejects.toMatchObject({
        kind: 'fault',
        code: 'migration-needed',
        next: ['migrate'],
        retryable: false,
        message: expect.stringContaining('then run keyturn migrate'),
      });
    }
  });

  test('is backed up as it is, restored, and migrated then', async () => {
    const place = await putOldest();
    const { root } = at();
    const made = await backupKeyturn({ ...place, to: join(root, 'backup') });
    expect(made).toMatchObject({
      logKeyNumber: 1,
      heads: [{ workspaceId: 'acme' }, { workspaceId: 'beta' }],
    });
    await migrateKeyturn(place);
    const restored = { directory: join(root, 'restored') };
    expect(await restoreKeyturn({ ...restored, from: join(root, 'backup') })).toMatchObject(restored);
    await expect(open(restored)).rejects.toMatchObject({ code: 'migration-needed' });
    await migrateKeyturn(restored);
    await expectService(restored);
  });

  test('whose migration was cut off between its stores goes on', async () => {
    const place = await putOldest();
    const cut = migrateKeyturn({
      ...place,
      onMigration: ({ store }) => {
        if (store === 'vault') throw new Error('cut off');
      },
    });
    await expect(cut).rejects.toThrow();
    await expect(open(place)).rejects.toMatchObject({ code: 'migration-needed' });
    expect(await migrateKeyturn(place)).toMatchObject({ eventStore: { steps: [] }, vault: { steps: [{}] } });
    await expectService(place);
  });

  test('is not touched where one of its stores is of a newer release', async () => {
    const place = await putOldest();
    const { directory = '' } = place;
    const db = openSqlite(join(directory, 'vault', 'vault.sqlite'));
    db.exec('UPDATE deployment SET format = 99');
    db.close();
    await expect(migrateKeyturn(place)).rejects.toMatchObject({ code: 'newer-version', next: ['upgrade'] });
    await expect(openKeyturnReader({ directory, authorize: () => true })).rejects.toMatchObject({
      code: 'migration-needed',
    });
  });
});

test('a directory without Keyturn data is not migrated', async () => {
  await expect(migrateKeyturn({ directory: join(at().root, 'nothing') })).rejects.toMatchObject({
    code: 'not-initialised',
  });
});

test('a process that has a store open keeps that from being changed, and the vault behind the events', async () => {
  // Both at once: a migration waits for seconds, since whoever has a store open may be about to end.
  const another = join(at().root, 'another');
  mkdirSync(another);
  const [events, vault] = [await putOldest(), await putOldest(another)];
  const eventsHolder = openSqlite(join(events.directory ?? '', 'events.sqlite'));
  eventsHolder.pragma('journal_mode = WAL');
  const before = eventsHolder.pragma('user_version');
  const vaultHolder = openSqlite(join(vault.directory ?? '', 'vault', 'vault.sqlite'));
  vaultHolder.pragma('journal_mode = WAL');
  vaultHolder.prepare('SELECT format FROM deployment').get();

  const [ofEvents, ofVault] = await Promise.all([
    thrownBy(migrateKeyturn(events)),
    thrownBy(migrateKeyturn(vault)),
  ]);
  expect(ofEvents).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('stop every process that uses it'),
  });
  eventsHolder.close();
  expect(await migrateKeyturn({ ...events, dryRun: true })).toMatchObject({
    eventStore: { format: before },
    vault: { format: oldest?.vaultFormat },
  });

  const inUse = 'so the vault was not changed: stop every process that uses it, then migrate again.';
  expect(ofVault).toMatchObject({ code: 'unavailable' });
  expect(ofVault.message).toContain(`${inUse} The events have the new format already, `);
  // The events are as they were after the first time.
  const again = await thrownBy(migrateKeyturn(vault));
  expect(again).toMatchObject({ code: 'unavailable' });
  expect(again.message).toMatch(new RegExp(`${inUse}$`));
  vaultHolder.close();
  expect(await migrateKeyturn(vault)).toMatchObject({
    eventStore: { steps: [] },
    vault: { format: oldest?.vaultFormat },
  });
});

test('a service of this release is not disturbed where nothing is to be done', async () => {
  const { options, sandbox } = at();
  const keyturn = await at().open({ create: 'if-missing' });
  expect(await migrateKeyturn({ directory: options.directory ?? '' })).toMatchObject({
    vault: { steps: [] },
  });
  const pasted = sandbox.issueKey('anthropic');
  expect(await keyturn.keys.add(ada, { vendor: 'anthropic', pasted })).toBeDefined();
});
