import type { TaskEither } from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';

/** What the log said of a key for good: that it was hard-deleted, or that its secret leaked. */
export interface Removal {
  readonly keyId: string;
  readonly fingerprint: string;
  readonly hardDeleted: boolean;
  readonly leaked: boolean;
}

/**
 * Remembers of each workspace which keys were hard-deleted and which secrets leaked, under MACs by the workspace's key:
 * that stays in force when the event log loses the events that said so.
 *
 * Faults, each of one workspace and naming it: `witness-damaged` when a row is not what was kept, or one is missing
 * before another; `tampered` when the workspace's key does not open. Whoever can write to the vault's storage can take
 * the newest rows away, or put a row of before back in its place, and that is not seen.
 *
 * @example
 * ```ts
 * import type { RemovalMemory } from '@keyturn/vault';
 *
 * const leaked = async (vault: RemovalMemory, keyId: string, fingerprint: string): Promise<boolean> => {
 *   const kept = await vault.keepRemovals('acme', [{ keyId, fingerprint, hardDeleted: false, leaked: true }])();
 *   if (kept._tag === 'Left') throw kept.left;
 *   const removals = await vault.removalsOf('acme')();
 *   return removals._tag === 'Right' && removals.right.some((removal) => removal.leaked);
 * };
 * ```
 */
export interface RemovalMemory {
  /**
   * Keeps them in one transaction. What is kept twice is kept once, by its key id and fingerprint, and what is true of
   * it stays true. A workspace that the vault has never heard of gets its key first. Nothing is kept when something
   * that is kept of one of these keys is a fault.
   *
   * @throws RangeError for what says nothing: neither hard-deleted nor leaked.
   */
  readonly keepRemovals: (
    workspaceId: string,
    removals: ReadonlyArray<Removal>,
  ) => TaskEither<VaultFault, void>;
  /** Every one that was kept, oldest first; none of a workspace that the vault has never heard of. */
  readonly removalsOf: (workspaceId: string) => TaskEither<VaultFault, ReadonlyArray<Removal>>;
}
