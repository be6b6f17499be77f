import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { withWorkspaceKeys } from './openedWorkspace';
import { isRemoval, readRemoval, removalsDamaged, storedRemoval } from './removal';
import { inconsistentWhereTampered, type InconsistentRead, rereading } from './rereading';
import type { JudgeRemovals, StoredRemoval, StoredRemovals, VaultStorage } from './storage';
import type { Removal, RemovalMemory } from './vault';
import { replacedMeanwhile, storedWorkspace } from './workspaceMaking';

/** A secret is known by its key and its fingerprint: should one key ever have had two, both are remembered. */
const nameOf = ({ keyId, fingerprint }: Removal): string => JSON.stringify([keyId, fingerprint]);

const both = (a: Removal | undefined, b: Removal): Removal => ({
  keyId: b.keyId,
  fingerprint: b.fingerprint,
  hardDeleted: b.hardDeleted || a?.hardDeleted === true,
  leaked: b.leaked || a?.leaked === true,
});

const isSame = (a: Removal, b: Removal): boolean => a.hardDeleted === b.hardDeleted && a.leaked === b.leaked;

/** Each name once, in the order given, with all that is said of it. */
const merged = (removals: ReadonlyArray<Removal>): ReadonlyMap<string, Removal> => {
  const byName = new Map<string, Removal>();
  for (const removal of removals) byName.set(nameOf(removal), both(byName.get(nameOf(removal)), removal));
  return byName;
};

/** Adds what is said to what is kept of the same keys. Throws `witness-damaged` where that is not what was kept. */
const keeping =
  (held: HeldKeys, workspaceId: string, said: ReadonlyMap<string, Removal>): JudgeRemovals =>
  (workspace, stored, next) => {
    const keys = held.get();
    const name = { deploymentId: keys.deploymentId, workspaceId };
    return withWorkspaceKeys(keys, workspaceId, workspace, ({ present }) => {
      const kept = new Map(
        stored.map((row) => readRemoval(present, name, row)).map((row) => [nameOf(row), row] as const),
      );
      let ordinal = next;
      return [...said].flatMap(([key, removal]): ReadonlyArray<StoredRemoval> => {
        const before = kept.get(key);
        if (before === undefined) {
          const made = storedRemoval(present, name, { ...removal, ordinal });
          ordinal += 1;
          return [made];
        }
        const after = both(before, removal);
        return isSame(before, after)
          ? []
          : [storedRemoval(present, name, { ...after, ordinal: before.ordinal })];
      });
    });
  };

/** Throws `witness-damaged` where a row is not what was kept, is at another place, or one is missing before it. */
const removalsIn = (
  held: HeldKeys,
  workspaceId: string,
  { workspace, removals }: StoredRemovals,
): ReadonlyArray<Removal> => {
  if (workspace === null) {
    if (removals.length > 0) throw removalsDamaged(workspaceId);
    return [];
  }
  const keys = held.get();
  const name = { deploymentId: keys.deploymentId, workspaceId };
  return withWorkspaceKeys(keys, workspaceId, workspace, ({ present }) =>
    removals.map((row, place) => {
      const { ordinal, ...removal } = readRemoval(present, name, row);
      if (ordinal !== place) throw removalsDamaged(workspaceId);
      return removal;
    }),
  );
};

type RemovalStorage = Pick<
  VaultStorage,
  'readWorkspaceKey' | 'keepWorkspaceKey' | 'changeRemovals' | 'readRemovals'
>;

/** What the vault remembers of keys that were hard-deleted, or whose secret leaked. */
export const removalMemory = (held: HeldKeys, storage: RemovalStorage, now: () => number): RemovalMemory => ({
  keepRemovals: (workspaceId, removals) => {
    if (!removals.every(isRemoval))
      throw new RangeError('a removal says of a key that it was hard-deleted, or leaked, or both');
    const said = merged(removals);
    if (said.size === 0) return TE.right(undefined);
    const keyIds = [...new Set(removals.map(({ keyId }) => keyId))];
    /** False where the workspace has no key. */
    const change = inconsistentWhereTampered(
      storage.changeRemovals(workspaceId, keyIds, keeping(held, workspaceId, said)),
    );
    return rereading(
      held,
      pipe(
        change,
        TE.chain((kept): TE.TaskEither<VaultFault | InconsistentRead, boolean> =>
          kept
            ? TE.right(kept)
            : pipe(
                storedWorkspace(held, storage, workspaceId, now),
                TE.chain(() => change),
              ),
        ),
        TE.chain((kept) => (kept ? TE.right(undefined) : TE.left(replacedMeanwhile(workspaceId)))),
      ),
    );
  },
  removalsOf: (workspaceId) =>
    rereading(
      held,
      pipe(
        storage.readRemovals(workspaceId),
        TE.chain((stored) => guarded(() => removalsIn(held, workspaceId, stored))),
        inconsistentWhereTampered,
      ),
    ),
});
