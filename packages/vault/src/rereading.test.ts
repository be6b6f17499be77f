import { describe, expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { backendAt } from './backendAt';
import { HeldKeys } from './heldKeys';
import { keysAnew, presentKeys } from './presentKeys';
import { InconsistentRead, inconsistentWhereTampered } from './rereading';
import { rotateMasterKey } from './rotation/rotateMasterKey';
import { sealedVault } from './sealedVault';
import type { VaultStorage } from './storage';
import { faultOf, succeed } from './testSupport/outcomes';
import { sealNew, textOf } from './testSupport/vaults';
import { onEachStorage, type PlacedVault } from './testSupport/storages';

/** The calls of a seal or of a release that something may happen before. */
type Call = 'read' | 'readWorkspaceKey' | 'keepWorkspaceKey' | 'insert';

/** A vault, and a handle on it before one of whose calls the master key is rotated: by another process, so to speak. */
const rotatedBefore = async (made: PlacedVault, call: Call, times: number, compromised: boolean) => {
  const { masterKey } = made.options;
  const { directory, open } = backendAt(made.place);
  const storage = await succeed(open);
  let left = 0;
  const before =
    (name: Call) =>
    <A>(run: TE.TaskEither<VaultFault, A>): TE.TaskEither<VaultFault, A> =>
    async () => {
      if (name === call && left > 0) {
        left -= 1;
        await succeed(rotateMasterKey({ ...made.options, compromised }));
      }
      return run();
    };
  const watched: VaultStorage = {
    ...storage,
    read: (...args) => before('read')(storage.read(...args)),
    readWorkspaceKey: (...args) => before('readWorkspaceKey')(storage.readWorkspaceKey(...args)),
    keepWorkspaceKey: (...args) => before('keepWorkspaceKey')(storage.keepWorkspaceKey(...args)),
    insert: (...args) => before('insert')(storage.insert(...args)),
  };
  const keys = await succeed(presentKeys(storage.deployment, directory, masterKey));
  const held = new HeldKeys(keys, keysAnew(storage.deployment, directory, masterKey));
  const clocks = { wallMs: () => 0, monotonicMs: () => 0 };
  return {
    ...made,
    stale: sealedVault(held, watched, clocks),
    start: () => {
      left = times;
    },
  };
};

const dataKeysIn = async ({ sql }: Pick<PlacedVault, 'sql'>): Promise<unknown> =>
  (await sql('SELECT count(*) FROM data_keys'))[0];

test('only what may come of a rotation is read again', async () => {
  const outcomes = await Promise.all(
    (['tampered', 'missing-secret', 'unavailable'] as const).map((code) =>
      inconsistentWhereTampered(TE.left(new VaultFault(code, 'as it happens')))(),
    ),
  );
  expect(outcomes.map((outcome) => E.isLeft(outcome) && outcome.left instanceof InconsistentRead)).toEqual([
    true,
    false,
    false,
  ]);
});

onEachStorage(({ kind, emptyVault }) => {
  /** A rotation takes PostgreSQL half a second. */
  const someOn = <A>(cases: ReadonlyArray<A>) => (kind === 'postgres' ? sampled(cases, 1) : cases);

  describe.each([false, true])('a rotation (compromised: %s) in the middle of', (compromised) => {
    test.each(someOn<Call>(['read', 'readWorkspaceKey']))('a release, before %s', async (call) => {
      const { vault, stale, start } = await rotatedBefore(await emptyVault(), call, 1, compromised);
      const { binding, text } = await sealNew(vault);
      start();
      expect(await succeed(textOf(stale, binding))).toBe(text);
      await stale.close();
    });

    test.each(
      someOn<[Call, string]>([
        ['readWorkspaceKey', 'acme'],
        ['insert', 'acme'],
        ['readWorkspaceKey', 'new'],
        ['keepWorkspaceKey', 'new'],
        ['insert', 'new'],
      ]),
    )('a seal, before %s, in workspace %s', async (call, workspaceId) => {
      const { vault, stale, sql, start } = await rotatedBefore(await emptyVault(), call, 1, compromised);
      await sealNew(vault, { keyId: 'first' });
      start();
      const { binding, text } = await sealNew(stale, { workspaceId });
      expect(await succeed(textOf(stale, binding))).toBe(text);
      expect(await succeed(textOf(vault, binding))).toBe(text);
      // What was sealed under a key that counts no more has left nothing.
      expect(await dataKeysIn({ sql })).toBe(2);
      await stale.close();
    });
  });

  test('a seal that finds another key time and again ends in a fault, and leaves nothing', async () => {
    const { vault, stale, sql, start } = await rotatedBefore(await emptyVault(), 'insert', 3, true);
    const { binding } = await sealNew(vault, { keyId: 'first' });
    start();
    await expect(sealNew(stale)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await dataKeysIn({ sql })).toBe(1);
    expect(await faultOf(textOf(stale, { ...binding, keyId: 'key-1' }))).toBe('missing-secret');
    await stale.close();
  });

  test('a row under a workspace key that counts no more is not stored', async () => {
    const made = await emptyVault();
    await sealNew(made.vault);
    const storage = await succeed(backendAt(made.place).open);
    const { masterKeyId } = await succeed(storage.deployment);
    const stored = await succeed(storage.readWorkspaceKey('acme'));
    await succeed(rotateMasterKey({ ...made.options, compromised: true }));
    const bytes = Buffer.alloc(16, 1);
    const key = { madeIn: 0, sealed: bytes, witness: { revision: -1, chain: bytes, mac: bytes } };
    const row = {
      workspaceId: 'acme',
      keyId: 'stale',
      fingerprint: 'f',
      createdAt: 0,
      dataKeyId: bytes,
      sealedSecret: bytes,
      sealedDataKey: bytes,
      workspaceKey: stored?.sealed ?? bytes,
    };
    expect(await succeed(storage.insert(row))).toBe(false);
    expect(await succeed(storage.keepWorkspaceKey('new', key, masterKeyId, 0))).toBeNull();
    expect(await dataKeysIn(made)).toBe(1);
    await storage.close();
  });
});
