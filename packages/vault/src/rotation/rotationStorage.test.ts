import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { backendAt } from '../backendAt';
import { masterKeyRecord, type MasterKeyRecord } from '../deployment';
import { VaultFault } from '../faults';
import { newLogKeys } from '../logKeys';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { onEachStorage, type PlacedVault } from '../testSupport/storages';
import { sealNew } from '../testSupport/vaults';

const unchecked = (): void => undefined;

const asItIs = { witness: () => null, removal: () => null };

const bytes = (fill: number): Buffer => Buffer.alloc(40, fill);

onEachStorage(({ emptyVault }) => {
  const opened: Array<{ readonly close: () => Promise<void> }> = [];
  afterAll(async () => {
    await Promise.all(opened.splice(0).map(({ close }) => close()));
  });

  /** The storage of a vault with keys of these workspaces, and all that it says of how far a rotation has come. */
  const rotatedStorage = async (...workspaceIds: ReadonlyArray<string>) => {
    const made: PlacedVault = await emptyVault();
    for (const workspaceId of workspaceIds) await sealNew(made.vault, { workspaceId });
    const { storage, close } = await succeed(backendAt(made.place).openForRotation);
    opened.push({ close });
    const { deploymentId, masterKeyId } = await succeed(storage.deployment);
    const newRecord = (renewing = false): MasterKeyRecord =>
      masterKeyRecord(
        deploymentId,
        randomBytes(32),
        { kind: 'file' },
        {
          pepper: randomBytes(32),
          logKeys: newLogKeys(),
          rotations: { number: 1, renewedIn: renewing ? 1 : 0 },
          proof: 'erased',
        },
      );
    const workspaceKeys = async () => succeed(storage.workspaceKeys(null, 100));
    const resealAll = async (comingId: Buffer) =>
      succeed(
        storage.keepResealed(
          comingId,
          (await workspaceKeys()).map(({ workspaceId, sealed }) => ({
            workspaceId,
            sealed,
            resealed: bytes(9),
          })),
        ),
      );
    const state = async () => (await succeed(storage.deployment)).rotation;
    return { ...made, storage, presentId: masterKeyId, newRecord, workspaceKeys, resealAll, state };
  };

  describe('a rotation begins', () => {
    test('once, under the present master key', async () => {
      const { storage, presentId, newRecord, state } = await rotatedStorage();
      const coming = newRecord();
      expect(await succeed(storage.begin(bytes(1).subarray(0, 8), null, coming))).toBe(false);
      expect(await succeed(storage.begin(presentId, coming.masterKeyId, coming))).toBe(false);
      expect(await state()).toBeNull();
      expect(await succeed(storage.begin(presentId, null, coming))).toBe(true);
      expect(await succeed(storage.begin(presentId, null, newRecord()))).toBe(false);
      expect(await state()).toEqual({ step: 'resealing', coming });
    });

    test('in the place of the one that is named, and of no other', async () => {
      const { storage, presentId, newRecord, state } = await rotatedStorage();
      const [first, second] = [newRecord(), newRecord(true)];
      await succeed(storage.begin(presentId, null, first));
      expect(await succeed(storage.begin(presentId, second.masterKeyId, second))).toBe(false);
      expect(await state()).toEqual({ step: 'resealing', coming: first });
      expect(await succeed(storage.begin(presentId, first.masterKeyId, second))).toBe(true);
      expect(await state()).toEqual({ step: 'resealing', coming: second });
    });

    test('never without renewing what the one before was to renew, be its coming key the same or not', async () => {
      const { storage, presentId, newRecord, state } = await rotatedStorage();
      const first = newRecord(true);
      await succeed(storage.begin(presentId, null, first));
      const notAnyMore = { ...first, rotations: { number: 1, renewedIn: 0 } };
      for (const coming of [notAnyMore, newRecord()]) {
        expect(await succeed(storage.begin(presentId, first.masterKeyId, coming))).toBe(false);
        expect(await state()).toEqual({ step: 'resealing', coming: first });
      }
      const another = newRecord(true);
      expect(await succeed(storage.begin(presentId, first.masterKeyId, another))).toBe(true);
      expect(await state()).toEqual({ step: 'resealing', coming: another });
    });

    test('without what an earlier one left', async () => {
      const { storage, presentId, newRecord, workspaceKeys, sql } = await rotatedStorage('a');
      await sql('UPDATE workspace_keys SET resealed = $1, successor = $2', bytes(3), bytes(3));
      await succeed(storage.begin(presentId, null, newRecord()));
      expect(await workspaceKeys()).toMatchObject([{ resealed: null, successor: null }]);
    });

    test('with nothing re-sealed, unless its coming key is the same as before', async () => {
      const { storage, presentId, newRecord, workspaceKeys, resealAll } = await rotatedStorage('a', 'b');
      const [first, second] = [newRecord(), newRecord(true)];
      const resealed = async () => (await workspaceKeys()).map((row) => row.resealed !== null);
      await succeed(storage.begin(presentId, null, first));
      await resealAll(first.masterKeyId);
      const alsoRenewing = { ...first, rotations: { number: 1, renewedIn: 1 } };
      expect(await succeed(storage.begin(presentId, first.masterKeyId, alsoRenewing))).toBe(true);
      expect(await resealed()).toEqual([true, true]);
      expect(await succeed(storage.begin(presentId, first.masterKeyId, second))).toBe(true);
      expect(await resealed()).toEqual([false, false]);
    });
  });

  describe('workspace keys', () => {
    test('are counted, and read a page at a time, in the order of the workspaces', async () => {
      const { storage } = await rotatedStorage('m', 'z', '0');
      const read = async (after: string | null, limit: number) =>
        (await succeed(storage.workspaceKeys(after, limit))).map(({ workspaceId }) => workspaceId);
      expect(await succeed(storage.countWorkspaceKeys)).toBe(3);
      expect([await read(null, 2), await read('m', 2), await read('z', 2)]).toEqual([['0', 'm'], ['z'], []]);
    });

    test('are kept under the coming key of the rotation that is under way, and of no other', async () => {
      const { storage, presentId, newRecord, workspaceKeys, resealAll } = await rotatedStorage('a');
      const coming = newRecord();
      expect(await resealAll(coming.masterKeyId)).toBe(false);
      await succeed(storage.begin(presentId, null, coming));
      expect(await resealAll(newRecord().masterKeyId)).toBe(false);
      expect((await workspaceKeys())[0]?.resealed).toBeNull();
      expect(await resealAll(coming.masterKeyId)).toBe(true);
      expect((await workspaceKeys())[0]?.resealed).toEqual(bytes(9));
    });

    test('that another process changed meanwhile stay as they are', async () => {
      const { storage, presentId, newRecord, workspaceKeys } = await rotatedStorage('a', 'b');
      const coming = newRecord();
      await succeed(storage.begin(presentId, null, coming));
      const [a, b] = await workspaceKeys();
      const changes = [
        { workspaceId: 'a', sealed: bytes(1), resealed: bytes(9) },
        { workspaceId: 'b', sealed: b?.sealed ?? bytes(0), resealed: bytes(8) },
      ];
      expect(await succeed(storage.keepResealed(coming.masterKeyId, changes))).toBe(true);
      expect(await workspaceKeys()).toEqual([a, { ...b, resealed: bytes(8) }]);
    });
  });

  describe('the coming master key becomes the present one', () => {
    test('when every workspace key lies under it, and in no other state', async () => {
      const { storage, presentId, newRecord, workspaceKeys, resealAll, state } = await rotatedStorage(
        'a',
        'b',
      );
      const coming = newRecord();
      expect(await succeed(storage.finish(coming.masterKeyId, unchecked))).toBe(false);
      await succeed(storage.begin(presentId, null, coming));
      expect(await succeed(storage.finish(coming.masterKeyId, unchecked))).toBe(false);
      await resealAll(coming.masterKeyId);
      expect(await succeed(storage.finish(presentId, unchecked))).toBe(false);
      expect(await state()).toEqual({ step: 'resealing', coming });
      expect(await succeed(storage.finish(coming.masterKeyId, unchecked))).toBe(true);
      expect(await succeed(storage.deployment)).toMatchObject({
        ...coming,
        rotation: { step: 'erasing', replacedId: presentId },
      });
      expect((await workspaceKeys()).map(({ sealed, resealed }) => [sealed, resealed])).toEqual([
        [bytes(9), null],
        [bytes(9), null],
      ]);
      expect(await succeed(storage.finish(coming.masterKeyId, unchecked))).toBe(false);
      expect(await resealAll(coming.masterKeyId)).toBe(false);
    });

    test('and stays under way until what it replaced is erased', async () => {
      const { storage, presentId, newRecord, state } = await rotatedStorage();
      const coming = newRecord();
      await succeed(storage.end(presentId));
      await succeed(storage.begin(presentId, null, coming));
      await succeed(storage.end(presentId));
      expect((await state())?.step).toBe('resealing');
      await succeed(storage.finish(coming.masterKeyId, unchecked));
      await succeed(storage.end(coming.masterKeyId));
      expect((await state())?.step).toBe('erasing');
      await succeed(storage.end(presentId));
      expect(await state()).toBeNull();
    });
  });

  describe('workspace keys are renewed', () => {
    const renewing = async () => {
      const made = await rotatedStorage('a', 'b');
      const coming = made.newRecord(true);
      await succeed(made.storage.begin(made.presentId, null, coming));
      await made.resealAll(coming.masterKeyId);
      expect(await succeed(made.storage.finish(coming.masterKeyId, unchecked))).toBe(true);
      return made;
    };

    test('until none is due any more', async () => {
      const { storage, workspaceKeys, state } = await renewing();
      expect((await workspaceKeys()).map(({ madeIn }) => madeIn)).toEqual([0, 0]);
      for (const workspaceId of ['a', 'b']) {
        expect(await succeed(storage.finishRenewal(unchecked))).toBe(false);
        expect((await state())?.step).toBe('renewing');
        await succeed(storage.keepSuccessor(workspaceId, { sealed: bytes(9), successor: bytes(5) }, asItIs));
        await succeed(storage.succeed(workspaceId, bytes(5), 1));
      }
      expect(await workspaceKeys()).toMatchObject([
        { sealed: bytes(5), successor: null, madeIn: 1 },
        { sealed: bytes(5), successor: null, madeIn: 1 },
      ]);
      expect(await succeed(storage.finishRenewal(unchecked))).toBe(true);
      expect((await state())?.step).toBe('erasing');
    });

    test('by the first successor that is kept, and by no other', async () => {
      const { storage, workspaceKeys } = await renewing();
      const keep = (sealed: Buffer, successor: Buffer) =>
        succeed(storage.keepSuccessor('a', { sealed, successor }, asItIs));
      expect(await keep(bytes(1), bytes(5))).toBe(false);
      expect(await keep(bytes(9), bytes(5))).toBe(true);
      expect(await keep(bytes(9), bytes(6))).toBe(false);
      await succeed(storage.succeed('a', bytes(6), 1));
      expect(await workspaceKeys()).toMatchObject([
        { sealed: bytes(9), successor: bytes(5), madeIn: 0 },
        { sealed: bytes(9), successor: null, madeIn: 0 },
      ]);
    });
  });

  test('data keys are read a page at a time, and replaced where they are still what was read', async () => {
    const { vault, storage } = await rotatedStorage('a');
    for (const keyId of ['key-2', 'key-3']) await sealNew(vault, { workspaceId: 'a', keyId });
    await sealNew(vault, { workspaceId: 'b' });
    const all = await succeed(storage.dataKeys('a', null, 100));
    expect(all.map(({ keyId }) => keyId).sort()).toEqual(['key-1', 'key-2', 'key-3']);
    const [first, second, third] = all;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('three are there');
    expect(Buffer.compare(first.dataKeyId, second.dataKeyId)).toBe(-1);
    expect(await succeed(storage.dataKeys('a', null, 2))).toEqual([first, second]);
    expect(await succeed(storage.dataKeys('a', second.dataKeyId, 2))).toEqual([third]);
    const changes = [
      { ...first, resealed: bytes(1) },
      { ...second, sealed: bytes(0), resealed: bytes(2) },
      { ...third, resealed: bytes(3) },
    ];
    expect(await succeed(storage.replaceDataKeys('a', changes))).toBe(2);
    expect(await succeed(storage.dataKeys('a', null, 100))).toEqual([
      { ...first, sealed: bytes(1) },
      second,
      { ...third, sealed: bytes(3) },
    ]);
  });

  test('what runs exclusively sees the vault as it is, and its fault is the fault', async () => {
    const { storage, presentId } = await rotatedStorage();
    expect(await succeed(storage.exclusively(({ masterKeyId }) => masterKeyId))).toEqual(presentId);
    const failing = storage.exclusively(() => {
      throw new VaultFault('not-writable', 'the file is full');
    });
    expect([await faultOf(failing), await messageOf(failing)]).toEqual(['not-writable', 'the file is full']);
  });
});
