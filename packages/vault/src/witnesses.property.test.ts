import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { backendAt } from './backendAt';
import { rotateMasterKey } from './rotation/rotateMasterKey';
import { succeed } from './testSupport/outcomes';
import { startProcess } from './testSupport/process';
import { onEachStorage } from './testSupport/storages';
import { newVault as newVaultInFiles, sealNew, secondHandle } from './testSupport/vaults';
import type { Vault, WorkspaceHead } from './vault';

const WORKSPACES = ['a', 'b', 'c'] as const;

const headAt = (workspaceId: string, revision: number): WorkspaceHead => ({
  workspaceId,
  revision,
  chain: createHash('sha256').update(`${workspaceId} ${revision}`).digest(),
});

const heads = fc
  .array(fc.tuple(fc.constantFrom(...WORKSPACES), fc.nat({ max: 40 })), { minLength: 1, maxLength: 5 })
  .map((some) => some.map(([workspaceId, revision]) => headAt(workspaceId, revision)));

/** What several handles are told, and by which of them: those of one round at the same time. */
const rounds = fc.array(
  fc.array(fc.record({ handle: fc.nat({ max: 2 }), heads }), { minLength: 1, maxLength: 4 }),
  { minLength: 1, maxLength: 4 },
);

const revisionsOf = async (vault: Vault): Promise<ReadonlyMap<string, number>> =>
  new Map(
    await Promise.all(
      WORKSPACES.map(async (id) => [id, (await succeed(vault.witnessOf(id)))?.revision ?? -1] as const),
    ),
  );

onEachStorage(({ emptyVault }) => {
  test('a witness never falls, in whatever order heads come and from whomever, rotations or not', async () => {
    const made = await emptyVault();
    const handles = [made.vault, await secondHandle(made), await secondHandle(made)];
    const highest = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(rounds, fc.constantFrom('none', 'plain', 'compromised'), async (told, rotation) => {
        if (rotation !== 'none')
          await succeed(rotateMasterKey({ ...made.options, compromised: rotation === 'compromised' }));
        for (const round of told) {
          const before = await revisionsOf(made.vault);
          await Promise.all(
            round.map(async ({ handle, heads: given }) => {
              const kept = await succeed((handles[handle] ?? made.vault).keepWitnesses(given));
              kept.forEach((outcome, place) => {
                const asked = given[place];
                if (E.isLeft(outcome)) throw outcome.left;
                expect(outcome.right.revision).toBeGreaterThanOrEqual(asked?.revision ?? 0);
                expect(outcome.right.revision).toBeGreaterThanOrEqual(
                  before.get(asked?.workspaceId ?? '') ?? 0,
                );
              });
            }),
          );
          for (const { heads: given } of round)
            for (const { workspaceId, revision } of given)
              highest.set(workspaceId, Math.max(highest.get(workspaceId) ?? -1, revision));
          for (const handle of handles) {
            const now = await revisionsOf(handle);
            for (const [id, revision] of highest) expect(now.get(id)).toBe(revision);
          }
        }
      }),
      { numRuns: longRuns(12) },
    );
  });

  test('a write of witnesses that ends half way has written none', async () => {
    const made = await emptyVault();
    for (const workspaceId of ['a', 'b']) await sealNew(made.vault, { workspaceId });
    const before = await made.sql('SELECT revision, mac FROM witnesses ORDER BY workspace_id');
    const storage = await succeed(backendAt(made.place).open);
    const cut = storage.changeWitnesses(['a', 'b'], (workspaceId, stored) => {
      if (workspaceId === 'b') throw new Error('cut off');
      const witness = stored?.witness ?? null;
      return { keep: witness === null ? null : { ...witness, revision: 99 }, outcome: null };
    });
    await cut();
    await storage.close();
    expect(await made.sql('SELECT revision, mac FROM witnesses ORDER BY workspace_id')).toEqual(before);
  });
});

describe('a process that is killed while it writes witnesses', () => {
  test.each([
    ['between', -1],
    ['after', 99],
  ])('%s leaves all old ones, or all new ones', async (killed, revision) => {
    const { vault, directory } = await newVaultInFiles();
    for (const workspaceId of ['a', 'b']) await sealNew(vault, { workspaceId });
    expect(await (await startProcess('witnessingProcess.ts', [directory, killed])).ended).toBe('SIGKILL');
    const storage = await succeed(backendAt({ directory }).open);
    for (const workspaceId of ['a', 'b'])
      expect((await succeed(storage.readWorkspaceKey(workspaceId)))?.witness?.revision).toBe(revision);
    await storage.close();
  });
});
