import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Deployment } from './deployment';
import type { VaultFault } from './faults';
import type {
  Pairing,
  Proof,
  Removal,
  SealedKeyRef,
  ShredGroup,
  ShredReceipt,
  VaultRow,
  Witness,
} from './vault';

/** A sealed secret and its sealed data key. */
export interface SealedRow {
  readonly fingerprint: string;
  readonly state: 'live' | 'frozen';
  /** Whether the event log was seen to name the key. */
  readonly named: boolean;
  /** Names the data key that the secret is sealed under: random, and stored with both. */
  readonly dataKeyId: Uint8Array;
  readonly sealedSecret: Uint8Array;
  /** Null when the data key was destroyed and the row not yet. */
  readonly sealedDataKey: Uint8Array | null;
}

/** The newest head of a workspace's stream that was known, as it is stored. */
export interface StoredWitness extends Witness {
  /** By the workspace's key that new data keys are sealed under. */
  readonly mac: Uint8Array;
}

/** A workspace's key as it is stored, and its witness: read together. */
export interface StoredWorkspaceKey {
  /** The number of the rotation that made the key, or after which it was made. */
  readonly madeIn: number;
  readonly sealed: Uint8Array;
  /** The key that is taking its place, while a rotation renews workspace keys: new data keys are sealed under it. */
  readonly successor: Uint8Array | null;
  /** Whether such a rotation is under way. */
  readonly renewing: boolean;
  /** Null where it is missing. */
  readonly witness: StoredWitness | null;
}

/** What is to become of a workspace's witness. */
interface JudgedWitness<A> {
  /** To be stored in the place of the one that was read; null leaves that. */
  readonly keep: StoredWitness | null;
  readonly outcome: A;
}

/**
 * Decides on a workspace's witness, within the transaction in which it was read. Runs at once, and may be run again;
 * null: the vault has never heard of the workspace, and nothing is kept.
 */
export type JudgeWitness<A> = (workspaceId: string, stored: StoredWorkspaceKey | null) => JudgedWitness<A>;

/** A removal as it is stored. */
export interface StoredRemoval extends Removal {
  /** Its place among those of its workspace, from 0 without a gap: the oldest first. */
  readonly ordinal: number;
  /** By the workspace's key that new data keys are sealed under. */
  readonly mac: Uint8Array;
}

/** All removals of a workspace in their order, and its key, as they are at one moment. */
export interface StoredRemovals {
  /** Null where the vault has never heard of the workspace. */
  readonly workspace: StoredWorkspaceKey | null;
  readonly removals: ReadonlyArray<StoredRemoval>;
}

/**
 * Gives the removals to be stored, new ones or in the place of those that were read, within the transaction in which
 * they were read. New ones get places from `next` on. Runs at once, and may be run again; what it throws ends the call.
 */
export type JudgeRemovals = (
  workspace: StoredWorkspaceKey,
  stored: ReadonlyArray<StoredRemoval>,
  next: number,
) => ReadonlyArray<StoredRemoval>;

export interface NewSealedRow extends SealedKeyRef {
  readonly fingerprint: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly dataKeyId: Uint8Array;
  readonly sealedSecret: Uint8Array;
  readonly sealedDataKey: Uint8Array;
  /** The stored workspace key that the data key is sealed under. */
  readonly workspaceKey: Uint8Array;
}

/**
 * Frozen anew within this many milliseconds, a row keeps its time and nothing is written: a hard delete that loses one
 * append after the other to another process freezes before each, and must not fall behind for it.
 */
export const SAME_FREEZE_MS = 5_000;

/** What a row is at this moment: read anew on every call, never from a cache. */
export type RowState = 'live' | 'frozen' | 'gone';

/**
 * Where sealed things lie. It never sees a key or a secret in clear, and decides nothing. Every write is durable when
 * it returns, and several processes may use one storage at once.
 */
export interface VaultStorage {
  /** The vault's own row as it is now: another process may have changed its master key. */
  readonly deployment: TaskEither<VaultFault, Deployment>;
  /** The former log key goes, if that is its number; nothing happens when it has gone. */
  readonly retireLogKey: (number: number) => TaskEither<VaultFault, void>;
  readonly readWorkspaceKey: (workspaceId: string) => TaskEither<VaultFault, StoredWorkspaceKey | null>;
  /**
   * Stores a workspace's key and its first witness unless it has a key, and gives what is stored: of several that try
   * at once, all get the same. Null, and nothing is stored, when the vault's present master key is another: looked at
   * in the same statement.
   */
  readonly keepWorkspaceKey: (
    workspaceId: string,
    made: Pick<StoredWorkspaceKey, 'madeIn' | 'sealed'> & { readonly witness: StoredWitness },
    masterKeyId: Uint8Array,
    createdAt: number,
  ) => TaskEither<VaultFault, StoredWorkspaceKey | null>;
  /**
   * Reads the witnesses of these workspaces and stores what is decided on them, in one transaction, while nobody else
   * changes them or the workspaces' keys. The outcomes are in the order given.
   */
  readonly changeWitnesses: <A>(
    workspaceIds: ReadonlyArray<string>,
    judge: JudgeWitness<A>,
  ) => TaskEither<VaultFault, ReadonlyArray<A>>;
  /**
   * Reads what is kept of these keys of the workspace and stores what is decided on it, in one transaction, while
   * nobody else changes the workspace's removals or its key. False, and nothing is stored, when it has no key.
   */
  readonly changeRemovals: (
    workspaceId: string,
    keyIds: ReadonlyArray<string>,
    judge: JudgeRemovals,
  ) => TaskEither<VaultFault, boolean>;
  readonly readRemovals: (workspaceId: string) => TaskEither<VaultFault, StoredRemovals>;
  /**
   * Fault `duplicate-key`, and nothing is stored, when the key id has a row. False, and nothing is stored, when
   * `workspaceKey` is no longer what new data keys of the workspace are sealed under (its successor, else itself):
   * looked at in the statement that stores the row, so that a rotation misses no data key.
   */
  readonly insert: (row: NewSealedRow) => TaskEither<VaultFault, boolean>;
  readonly read: (ref: SealedKeyRef) => TaskEither<VaultFault, SealedRow | null>;
  /** `gone` also when another row stands in its place, or the data key was destroyed. */
  readonly stateOf: (ref: SealedKeyRef, dataKeyId: Uint8Array) => TaskEither<VaultFault, RowState>;
  /**
   * Frozen from `at` on (milliseconds since 1970), also when it was before; an earlier time may be kept that is not
   * more than 5 seconds older. False when there is no such row.
   */
  readonly freeze: (ref: SealedKeyRef, at: number) => TaskEither<VaultFault, boolean>;
  /** Live again, if it was frozen no later than `frozenUpTo` (null: whenever); false when there is no such row. */
  readonly unfreeze: (ref: SealedKeyRef, frozenUpTo: number | null) => TaskEither<VaultFault, boolean>;
  /** Keeps that the event log names the row's key; nothing happens where there is no row. */
  readonly markNamed: (ref: SealedKeyRef) => TaskEither<VaultFault, void>;
  readonly remove: (ref: SealedKeyRef) => TaskEither<VaultFault, void>;
  /** The key ids of the workspace's rows with this fingerprint, whatever their state. */
  readonly keyIdsOf: (
    workspaceId: string,
    fingerprint: string,
  ) => TaskEither<VaultFault, ReadonlyArray<string>>;
  /** At most `limit` workspaces that ever had a secret here, after this one, in the order of their ids. */
  readonly workspaceIds: (
    after: string | null,
    limit: number,
  ) => TaskEither<VaultFault, ReadonlyArray<string>>;
  /** Every row of the workspace, data keys without a sealed secret included. */
  readonly rowsOf: (workspaceId: string) => TaskEither<VaultFault, ReadonlyArray<VaultRow>>;
  readonly pairing: TaskEither<VaultFault, Pairing | null>;
  /**
   * Keeps the store's id and the higher of both positions; gives what is kept then. Another store's id changes nothing.
   */
  readonly pair: (pairing: Pairing) => TaskEither<VaultFault, Pairing>;
  /** Keeps this position, whatever is kept. Nothing happens where there is no pairing. */
  readonly lowerHighWater: (position: bigint | null) => TaskEither<VaultFault, void>;
  /**
   * Keeps the witnesses of the groups' workspaces as `judge` decides, and leaves a group alone that gets a fault there.
   * Of all others together it destroys data keys, then rows, then what is left of them in files. Each gets its own
   * receipt, or the fault that kept it alone from being proven gone, in the order given.
   */
  readonly shred: (
    groups: ReadonlyArray<ShredGroup>,
    judge: JudgeWitness<Either<VaultFault, Witness | null>>,
    proof: Proof,
  ) => TaskEither<VaultFault, ReadonlyArray<Either<VaultFault, Omit<ShredReceipt, 'destroyedAt'>>>>;
  readonly close: () => Promise<void>;
}
