import type { TaskEither } from 'fp-ts/TaskEither';
import type { Deployment, MasterKeyRecord } from '../deployment';
import type { VaultFault } from '../faults';
import type { Proof } from '../proof';
import type { StoredRemoval, StoredWitness, VaultStorage } from '../storage';

/** What lies in the vault of one workspace's key. */
export interface WorkspaceKeyRow {
  readonly workspaceId: string;
  /** The number of the rotation that made the key, or after which it was made. */
  readonly madeIn: number;
  /** Under the present master key. */
  readonly sealed: Uint8Array;
  /** The same key under the coming master key; null until it was re-sealed. */
  readonly resealed: Uint8Array | null;
  /** Another workspace key, under the present master key, that takes this one's place; null when none is coming. */
  readonly successor: Uint8Array | null;
}

export interface DataKeyRow {
  readonly dataKeyId: Uint8Array;
  readonly keyId: string;
  readonly sealed: Uint8Array;
}

/** A change that counts only if nobody made another one meanwhile: `sealed` is what stands there now. */
export interface Resealed {
  readonly sealed: Uint8Array;
  readonly resealed: Uint8Array;
}

/** What stands under a workspace's key, under its successor: null leaves it as it is. */
interface UnderSuccessor {
  readonly witness: (stored: StoredWitness) => StoredWitness | null;
  readonly removal: (stored: StoredRemoval) => StoredRemoval | null;
}

/**
 * What a rotation of the master key changes in a vault. It never sees a key in clear, and decides nothing. Every write
 * is durable when it returns; every step is one short transaction, but `finish` and `erase`. A process that was killed
 * between two steps, or several that rotate at once, go on from what `deployment` says:
 *
 * ```text
 * no rotation ──begin──▶ resealing ──finish──▶ renewing (only if it renews) ──finishRenewal──▶ erasing ──end──▶ no
 * rotation
 * ```
 *
 * Until `finish` every workspace key lies under the present master key, which alone opens the vault; from then on under
 * the coming one, which has become the present one.
 */
export interface RotationStorage {
  /** Read anew on every call. */
  readonly deployment: TaskEither<VaultFault, Deployment>;
  /**
   * Runs this while no other process, on whatever machine, runs anything here, and gives it the deployment as it is
   * then. What it throws ends the call: a fault as a fault.
   */
  readonly exclusively: <A>(run: (deployment: Deployment) => A) => TaskEither<VaultFault, A>;
  /**
   * Begins a rotation, or changes one that is at `resealing`: `insteadOf` is the id of that one's coming key (null:
   * none is under way). Clears what an earlier one left: successors, and all that was re-sealed, unless it was for the
   * same coming key. False when the vault is in another state, or when this would not renew what that one was to renew.
   */
  readonly begin: (
    presentId: Uint8Array,
    insteadOf: Uint8Array | null,
    coming: MasterKeyRecord,
  ) => TaskEither<VaultFault, boolean>;
  readonly countWorkspaceKeys: TaskEither<VaultFault, number>;
  /** At most `limit` rows, of the workspaces after this one, in the order of their ids. */
  readonly workspaceKeys: (
    after: string | null,
    limit: number,
  ) => TaskEither<VaultFault, ReadonlyArray<WorkspaceKeyRow>>;
  /**
   * Keeps workspace keys under the coming master key beside those under the present one. False, and nothing is kept,
   * when that rotation is no longer at `resealing`.
   */
  readonly keepResealed: (
    comingId: Uint8Array,
    changes: ReadonlyArray<Resealed & { readonly workspaceId: string }>,
  ) => TaskEither<VaultFault, boolean>;
  /**
   * The coming master key becomes the present one, for the vault and all workspace keys at once; the old forms are
   * deleted. False, and nothing changes, while a workspace key has not been re-sealed, or when that rotation is no
   * longer at `resealing`. `check` is given every row before, in the same transaction: what it throws ends the call.
   */
  readonly finish: (
    comingId: Uint8Array,
    check: (row: WorkspaceKeyRow) => void,
  ) => TaskEither<VaultFault, boolean>;
  /**
   * From now on the workspace's new data keys are sealed under the successor, and its witness and removals are what
   * `under` makes of those that are there. False, and nothing is changed, when its key is another or has a successor.
   */
  readonly keepSuccessor: (
    workspaceId: string,
    change: { readonly sealed: Uint8Array; readonly successor: Uint8Array },
    under: UnderSuccessor,
  ) => TaskEither<VaultFault, boolean>;
  /** At most `limit` data keys of the workspace, after this one, in the order of their ids. */
  readonly dataKeys: (
    workspaceId: string,
    after: Uint8Array | null,
    limit: number,
  ) => TaskEither<VaultFault, ReadonlyArray<DataKeyRow>>;
  /** How many of the workspace's were replaced: not those that are gone or changed. */
  readonly replaceDataKeys: (
    workspaceId: string,
    changes: ReadonlyArray<Resealed & { readonly dataKeyId: Uint8Array }>,
  ) => TaskEither<VaultFault, number>;
  /**
   * The successor takes its place, as made in this rotation, and the workspace is done. Nothing happens when it has
   * another successor or none.
   */
  readonly succeed: (
    workspaceId: string,
    successor: Uint8Array,
    madeIn: number,
  ) => TaskEither<VaultFault, void>;
  /** As that of the vault's own storage. */
  readonly retireLogKey: VaultStorage['retireLogKey'];
  /**
   * From `renewing` to `erasing`. False while a workspace has a key from before this rotation or a successor, or while
   * the former log key is held. `check` is given every row before, in the same transaction: what it throws ends the
   * call.
   */
  readonly finishRenewal: (check: (row: WorkspaceKeyRow) => void) => TaskEither<VaultFault, boolean>;
  /**
   * Erases from the files what the rotation replaced, and searches them for these marks; gives what was done and seen.
   * Fault `rotation-incomplete` when something is in the way, to be run again.
   */
  readonly erase: (
    marks: ReadonlyArray<Buffer>,
    proof: Proof,
  ) => TaskEither<VaultFault, ReadonlyArray<string>>;
  /** From `erasing` to no rotation, if it is this key's. */
  readonly end: (replacedId: Uint8Array) => TaskEither<VaultFault, void>;
}
