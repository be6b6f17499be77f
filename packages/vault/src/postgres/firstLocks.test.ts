import { expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { succeed } from '../testSupport/outcomes';
import { onPostgresAlone, type PlacedVault } from '../testSupport/storages';
import type { Vault } from '../vault';
import { type Database, openDatabase } from './connection';
import { removals } from './removals';
import { witnesses } from './witnesses';

/** A vault, and its database, in which others do something behind the first statements of a transaction. */
const site = async (
  made: PlacedVault,
  behind: ReadonlyArray<(vault: Vault) => TE.TaskEither<unknown, unknown>>,
) => {
  if (!('postgres' in made.place)) throw new Error('not on PostgreSQL');
  const database = await succeed(openDatabase(made.place, 30_000));
  const hooked: Database = {
    ...database,
    transaction: (run) =>
      database.transaction((session) => {
        const left = [...behind];
        return run({
          ...session,
          query: async (...args) => {
            const answer = await session.query(...args);
            const next = left.shift();
            if (next !== undefined) await succeed(next(made.vault));
            return answer;
          },
        });
      }),
  };
  return { ...made, hooked, close: database.close };
};

const headAt = (revision: number) => ({ workspaceId: 'new', revision, chain: Buffer.alloc(32, revision) });

const removalOf = (keyId: string) => ({ keyId, fingerprint: 'f', hardDeleted: true, leaked: false });

onPostgresAlone(({ emptyVault }) => {
  test('a witness that is made while it is about to be locked is read again under the lock', async () => {
    const { hooked, close } = await site(await emptyVault(), [
      (vault) => vault.keepWitnesses([headAt(9)]),
      (vault) => vault.keepWitnesses([headAt(12)]),
    ]);
    const read = await succeed(
      witnesses(hooked).changeWitnesses(['new'], (_, stored) => ({
        keep: null,
        outcome: stored?.witness?.revision ?? null,
      })),
    );
    await close();
    // Nothing was there yet: or all that was written meanwhile was seen.
    expect([[null], [12]]).toContainEqual(read);
  });

  test('a removal is not kept of a workspace whose key is made while it is about to be locked', async () => {
    const { hooked, vault, close } = await site(await emptyVault(), [
      (vault_) => vault_.keepRemovals('new', [removalOf('key-1')]),
      (vault_) => vault_.keepRemovals('new', [removalOf('key-2')]),
    ]);
    const kept = await removals(hooked).changeRemovals('new', ['key-3'], (_, __, next) => [
      { ...removalOf('key-3'), ordinal: next, mac: Buffer.alloc(32) },
    ])();
    await close();
    expect(kept).toEqual(E.right(false));
    expect(await succeed(vault.removalsOf('new'))).toEqual([removalOf('key-1')]);
  });

  test('removals and their workspace’s key are read as they are at one moment', async () => {
    const made = await emptyVault();
    await succeed(made.vault.keepRemovals('new', [removalOf('key-1')]));
    const change = () => succeed(made.vault.keepRemovals('new', [{ ...removalOf('key-1'), leaked: true }]));
    const nothing = () => TE.right(undefined);
    const { hooked, close } = await site(made, [nothing, () => TE.fromTask(change)]);
    const read = await succeed(removals(hooked).readRemovals('new'));
    await close();
    expect(read.removals).toMatchObject([{ keyId: 'key-1', leaked: false }]);
    expect(await succeed(made.vault.removalsOf('new'))).toMatchObject([{ leaked: true }]);
  });
});
