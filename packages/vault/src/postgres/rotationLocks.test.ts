import { afterEach, expect, test } from '@jest/globals';
import { backendAt } from '../backendAt';
import type { NewSealedRow } from '../storage';
import { faultOf, succeed } from '../testSupport/outcomes';
import { onPostgresAlone, type PlacedVault } from '../testSupport/storages';
import { sealNew } from '../testSupport/vaults';
import { openTransaction, untilWaiting } from '../testSupport/waiting';
import { type Database, openDatabase } from './connection';

const opened: Array<() => Promise<void>> = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

const bytes = (fill: number): Buffer => Buffer.alloc(16, fill);

const MADE = { madeIn: 0, sealed: bytes(1), witness: { revision: -1, chain: bytes(2), mac: bytes(3) } };

/** A vault with one workspace, its storage as a service and as a rotation has it, and a connection beside. */
const site = async (made: PlacedVault, busyMs = 30_000) => {
  if (!('postgres' in made.place)) throw new Error('not on PostgreSQL');
  await sealNew(made.vault, { keyId: 'first' });
  const backend = backendAt(made.place, busyMs);
  const storage = await succeed(backend.open);
  const rotation = await succeed(backend.openForRotation);
  const beside: Database = await succeed(openDatabase(made.place, 30_000));
  opened.push(storage.close, rotation.close, beside.close);
  const workspaceKey = (await succeed(storage.readWorkspaceKey('acme')))?.sealed ?? bytes(0);
  const row: NewSealedRow = {
    workspaceId: 'acme',
    keyId: 'second',
    fingerprint: 'f',
    createdAt: 0,
    dataKeyId: bytes(1),
    sealedSecret: bytes(2),
    sealedDataKey: bytes(3),
    workspaceKey,
  };
  return { ...made, storage, rotation: rotation.storage, beside, row };
};

onPostgresAlone(({ emptyVault }) => {
  test('a row is not stored whose workspace gets a successor at the same moment', async () => {
    const { storage, beside, row, sql } = await site(await emptyVault());
    const renewing = await openTransaction(beside, 'UPDATE workspace_keys SET successor = $1', [bytes(9)]);
    const inserted = storage.insert(row)();
    await untilWaiting(beside, 1);
    await renewing.commit();
    expect(await inserted).toEqual({ _tag: 'Right', right: false });
    expect(await sql('SELECT count(*) FROM data_keys')).toEqual([1]);
    expect(await succeed(storage.insert({ ...row, workspaceKey: bytes(9) }))).toBe(true);
  });

  test('a successor waits for the row that is being stored, and finds its data key', async () => {
    const { storage, rotation, beside, row } = await site(await emptyVault());
    // Another one of the same name keeps the statement from its end, when it holds the workspace's key already.
    const other = await openTransaction(
      beside,
      `INSERT INTO sealed_secrets VALUES ('acme', 'second', 'f', 'live', 0, NULL, 0, '', '')`,
    );
    const inserted = storage.insert(row)();
    await untilWaiting(beside, 1);
    const renewed = rotation.keepSuccessor(
      'acme',
      { sealed: row.workspaceKey, successor: bytes(9) },
      { witness: () => null, removal: () => null },
    )();
    await untilWaiting(beside, 2);
    await other.rollBack();
    expect(await inserted).toEqual({ _tag: 'Right', right: true });
    expect(await renewed).toEqual({ _tag: 'Right', right: true });
    const found = await succeed(rotation.dataKeys('acme', null, 10));
    expect(found.map(({ keyId }) => keyId)).toContain('second');
  });

  test('a workspace key is not kept under a master key that is being replaced', async () => {
    const { storage, beside } = await site(await emptyVault());
    const { masterKeyId } = await succeed(storage.deployment);
    const finishing = await openTransaction(beside, 'UPDATE deployment SET master_key_id = $1', [bytes(9)]);
    const kept = storage.keepWorkspaceKey('new', MADE, masterKeyId, 0)();
    await untilWaiting(beside, 1);
    await finishing.commit();
    expect(await kept).toEqual({ _tag: 'Right', right: null });
  });

  test('a rotation does not finish past a workspace key that is being kept', async () => {
    const { storage, rotation, beside, row } = await site(await emptyVault());
    const present = await succeed(storage.deployment);
    const comingId = bytes(7);
    const coming = { ...present, masterKeyId: comingId };
    await succeed(rotation.begin(present.masterKeyId, null, coming));
    const change = { workspaceId: 'acme', sealed: row.workspaceKey, resealed: bytes(8) };
    expect(await succeed(rotation.keepResealed(comingId, [change]))).toBe(true);
    const other = await openTransaction(
      beside,
      `INSERT INTO workspace_keys (workspace_id, master_key_id, created_at, made_in, sealed)
       VALUES ('new', '', 0, 0, '')`,
    );
    const kept = storage.keepWorkspaceKey('new', MADE, present.masterKeyId, 0)();
    await untilWaiting(beside, 1);
    const finished = rotation.finish(comingId, () => undefined)();
    await untilWaiting(beside, 2);
    await other.rollBack();
    expect(await kept).toMatchObject({ right: { sealed: bytes(1) } });
    expect(await finished).toEqual({ _tag: 'Right', right: false });
  });

  test('what runs exclusively waits for what another connection does with the deployment', async () => {
    const { rotation, beside } = await site(await emptyVault());
    const busy = await openTransaction(beside, 'SELECT FROM deployment FOR UPDATE');
    const run = rotation.exclusively(({ deploymentId }) => deploymentId)();
    await untilWaiting(beside, 1);
    await busy.rollBack();
    expect(await run).toMatchObject({ _tag: 'Right' });
  });

  test('and for no longer than the vault waits for another process', async () => {
    const { rotation, beside } = await site(await emptyVault(), 50);
    const busy = await openTransaction(beside, 'SELECT FROM deployment FOR UPDATE');
    expect(await faultOf(rotation.exclusively(() => undefined))).toBe('unavailable');
    await busy.rollBack();
    expect(await faultOf(rotation.exclusively(() => undefined))).toBe('no fault');
  });

  test('a process that is gone holds nothing', async () => {
    const { rotation, beside, sql } = await site(await emptyVault());
    const gone = await openTransaction(beside, 'SELECT FROM deployment FOR UPDATE');
    const run = rotation.exclusively(() => 'done')();
    await untilWaiting(beside, 1);
    await sql(`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'idle in transaction'`);
    expect(await run).toEqual({ _tag: 'Right', right: 'done' });
    await gone.rollBack();
  });

  test('a data key that is destroyed while a rotation replaces it stays so, and the others are replaced', async () => {
    const { rotation, beside, storage, row, sql } = await site(await emptyVault());
    const change = (id: number) => ({ dataKeyId: bytes(id), sealed: bytes(3), resealed: bytes(4) });
    await succeed(storage.insert(row));
    await succeed(storage.insert({ ...row, keyId: 'third', dataKeyId: bytes(5) }));
    const shredding = await openTransaction(beside, 'DELETE FROM data_keys WHERE data_key_id = $1', [
      bytes(5),
    ]);
    const replaced = rotation.replaceDataKeys(row.workspaceId, [change(1), change(5)])();
    await untilWaiting(beside, 1);
    await shredding.commit();
    expect(await replaced).toEqual({ _tag: 'Right', right: 1 });
    expect(await sql('SELECT count(*) FROM data_keys')).toEqual([2]);
  });
});
