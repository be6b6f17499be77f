import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as fc from 'fast-check';
import { backendAt } from './backendAt';
import { rotateMasterKey } from './rotation/rotateMasterKey';
import { succeed } from './testSupport/outcomes';
import { startProcess } from './testSupport/process';
import { keyPathOf } from './testSupport/rotations';
import { onEachStorage } from './testSupport/storages';
import { newVault as newVaultInFiles, secondHandle } from './testSupport/vaults';
import type { Removal } from './vault';

const removal: fc.Arbitrary<Removal> = fc
  .record({
    keyId: fc.constantFrom('key-1', 'key-2', 'key-3', 'key-4'),
    fingerprint: fc.constantFrom('f', 'g'),
    hardDeleted: fc.boolean(),
    leaked: fc.boolean(),
  })
  .map((one) => (one.leaked ? one : { ...one, hardDeleted: true }));

/** What several handles are told, and by which of them: those of one round at the same time. */
const rounds = fc.array(
  fc.array(
    fc.record({
      handle: fc.nat({ max: 2 }),
      workspaceId: fc.constantFrom('a', 'b'),
      removals: fc.array(removal, { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  { minLength: 1, maxLength: 4 },
);

const nameOf = ({ keyId, fingerprint }: Removal): string => `${keyId} ${fingerprint}`;

/** What is said of each key, by its name. */
const summed = (all: ReadonlyArray<Removal>): ReadonlyMap<string, string> => {
  const byName = new Map<string, string>();
  for (const one of all) {
    const before = byName.get(nameOf(one)) ?? '';
    const [deleted, leaked] = [one.hardDeleted || before.includes('D'), one.leaked || before.includes('L')];
    byName.set(nameOf(one), `${deleted ? 'D' : ''}${leaked ? 'L' : ''}`);
  }
  return byName;
};

onEachStorage(({ emptyVault }) => {
  test('flags never fall and places stay, in whatever order removals come and from whomever', async () => {
    const made = await emptyVault();
    const handles = [made.vault, await secondHandle(made), await secondHandle(made)];
    let run = 0;
    await fc.assert(
      fc.asyncProperty(rounds, fc.constantFrom('none', 'plain', 'compromised'), async (told, rotation) => {
        run += 1;
        // Each run has workspaces of its own, so that what it was told is all that is known of them.
        const idOf = (workspaceId: string): string => `${workspaceId}-${run}`;
        const said = new Map<string, ReadonlyArray<Removal>>();
        const orders = new Map<string, ReadonlyArray<string>>();
        for (const [place, round] of told.entries()) {
          const rotated =
            rotation !== 'none' && place === 1
              ? succeed(rotateMasterKey({ ...made.options, compromised: rotation === 'compromised' }))
              : Promise.resolve();
          await Promise.all([
            rotated,
            ...round.map(({ handle, workspaceId, removals }) =>
              succeed((handles[handle] ?? made.vault).keepRemovals(idOf(workspaceId), removals)),
            ),
          ]);
          for (const { workspaceId, removals } of round)
            said.set(workspaceId, [...(said.get(workspaceId) ?? []), ...removals]);
          for (const [workspaceId, all] of said)
            for (const handle of handles) {
              const kept = await succeed(handle.removalsOf(idOf(workspaceId)));
              const order = kept.map(nameOf);
              const before = orders.get(workspaceId) ?? [];
              expect(order.slice(0, before.length)).toEqual(before);
              expect(new Set(order).size).toBe(order.length);
              expect(summed(kept)).toEqual(
                new Map([...summed(all)].filter(([name]) => order.includes(name))),
              );
              expect(order).toHaveLength(summed(all).size);
              orders.set(workspaceId, order);
            }
        }
      }),
      { numRuns: longRuns(12) },
    );
  });

  test('a write of removals that ends half way has written none', async () => {
    const made = await emptyVault();
    await succeed(
      made.vault.keepRemovals('acme', [{ keyId: 'k', fingerprint: 'f', hardDeleted: true, leaked: false }]),
    );
    const rows = () => made.sql('SELECT ordinal, key_id, leaked FROM removals ORDER BY ordinal');
    const before = await rows();
    const storage = await succeed(backendAt(made.place).open);
    const cut = storage.changeRemovals('acme', ['k'], (_, [stored], next) => {
      if (stored === undefined) throw new Error('nothing is kept');
      // The second one is no row of the table.
      return [
        { ...stored, leaked: true },
        { ...stored, ordinal: next + 0.5 },
      ];
    });
    expect((await cut())._tag).toBe('Left');
    await storage.close();
    expect(await rows()).toEqual(before);
  });
});

test('several processes keep removals of one workspace at once, while its key is renewed', async () => {
  const { vault, directory, options } = await newVaultInFiles();
  const [names, count] = [['one', 'two', 'three'], 30];
  const processes = await Promise.all(
    names.map((name) =>
      startProcess('removingProcess.ts', [directory, keyPathOf(options), name, String(count)]),
    ),
  );
  for (const each of processes) each.tell();
  await succeed(rotateMasterKey({ ...options, compromised: true }));
  expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  const kept = await succeed(vault.removalsOf('acme'));
  const own = (name: string) => kept.filter(({ keyId }) => keyId.startsWith(name));
  for (const name of names)
    expect(own(name).map(({ keyId }) => keyId)).toEqual(
      Array.from({ length: count }, (_, n) => `${name}-${n}`),
    );
  // Each process has said one thing of the shared keys; together they have said both.
  const shared = own('shared');
  expect(shared).toHaveLength(count);
  for (const each of shared) expect(each).toMatchObject({ hardDeleted: true, leaked: true });
  expect(kept).toHaveLength(count * 4);
});
