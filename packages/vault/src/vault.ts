import type { Either } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import type { Pairing } from './pairing';
import type { Proof } from './proof';
import type { RemovalMemory } from './removals';
import type { Secret } from './secret';
import type { VaultRow } from './vaultRow';

export type { Pairing } from './pairing';
export type { Proof } from './proof';
export type { Removal, RemovalMemory } from './removals';
export type { VaultRow } from './vaultRow';

/** Names one sealed row. */
export interface SealedKeyRef {
  readonly workspaceId: string;
  readonly keyId: string;
}

/** What is sealed beside the secret, and compared when it is opened. */
export interface KeyBinding extends SealedKeyRef {
  readonly vendor: string;
  readonly endpoint: string | null;
  readonly fingerprint: string;
}

/**
 * The right to one release of the row that `authorise` names. The vault runs `authorise`, then unseals and compares,
 * then runs `confirm`. Last it looks whether the row is still live, and whether the witness is still the one that
 * `confirm` was given, and only then hands the secret over.
 */
export interface ReleaseGate<E> {
  /**
   * Appends this attempt's own event at an exact expected revision, acknowledged on first send, and returns what the
   * event log says of the key.
   */
  readonly authorise: TaskEither<E, KeyBinding>;
  /**
   * Reads from that event to the stream's head: fails when a hard delete stands there, when that does not reach the
   * witness, or when it can't tell. It is run again when the vault learns of a newer head meanwhile.
   */
  readonly confirm: (witness: Witness) => TaskEither<E, void>;
}

/** What a shred destroyed and how it was checked. Counts are 0 when an earlier, interrupted shred had done it. */
export interface ShredReceipt {
  /** Milliseconds since 1970. */
  readonly destroyedAt: number;
  readonly secretsDestroyed: number;
  readonly dataKeysDestroyed: number;
  readonly proof: Proof;
  /** This and each of the checks has at most 200 characters: an event takes no more. */
  readonly method: string;
  readonly checks: ReadonlyArray<string>;
  /** The workspace's, as kept when its rows were destroyed; null when the vault has never heard of the workspace. */
  readonly witness: Witness | null;
}

/** Rows of a workspace that get one receipt together. */
export interface ShredGroup {
  readonly workspaceId: string;
  readonly keyIds: ReadonlyArray<string>;
  /** The head of the workspace's stream, with the event that decided this: kept as the witness before any row goes. */
  readonly head?: Witness;
}

/** Tells secrets apart without keeping them. */
export interface SecretFingerprints {
  /** The same secret of the same workspace always has the same fingerprint; without the pepper it says nothing. */
  readonly fingerprint: (workspaceId: string, secret: Secret) => string;
}

/** Takes secrets in. */
export interface SecretSealing {
  /** Stores the secret under a new row; refuses a key id that has one. Durable on return. Gives the witness. */
  readonly seal: (binding: KeyBinding, secret: Secret) => TaskEither<VaultFault, Witness>;
  /** Removes the row of an add that was refused. Nothing else has ever named this row. */
  readonly discard: (ref: SealedKeyRef) => TaskEither<VaultFault, void>;
}

/** Lets secrets out. */
export interface SecretOpening {
  /** The only way out. The secret lives until `use` has ended, then its bytes are wiped. */
  readonly open: <E, A>(
    gate: ReleaseGate<E>,
    use: (secret: Secret) => TaskEither<E, A>,
  ) => TaskEither<E | VaultFault, A>;
}

/** Looks whether secrets open, and lets none out. */
export interface SecretChecking {
  /**
   * Unseals the row, live or frozen, compares it with what the event log says of the key, and wipes it: nothing is
   * handed out, and nothing is written. Faults: `missing-secret` where there is no row, or no data key of it;
   * `tampered` where it does not open, or is not what the log says.
   */
  readonly checkOpens: (binding: KeyBinding) => TaskEither<VaultFault, void>;
}

/** Keeps rows from opening. */
export interface RowFreezing {
  /**
   * Makes the row refuse to open, in a transaction of its own, before a hard delete is appended. Gives the witness, and
   * freezes nothing where that is a fault.
   */
  readonly freeze: (ref: SealedKeyRef) => TaskEither<VaultFault, Witness>;
  /**
   * Lets a frozen row open again: whenever it was frozen, or only if that was no later than `frozenUpTo` (milliseconds
   * since 1970).
   */
  readonly unfreeze: (ref: SealedKeyRef, frozenUpTo?: number) => TaskEither<VaultFault, void>;
}

/** Destroys secrets. */
export interface SecretShredding {
  /** How far it proves that what it shreds is gone: as its master key knows it, for as long as the vault lasts. */
  readonly proof: Proof;
  /**
   * The key ids of every row of the workspace with this fingerprint, live or frozen: the key itself, the same secret on
   * file under another endpoint, and orphans of a repeated paste.
   */
  readonly sealedKeyIds: (
    workspaceId: string,
    fingerprint: string,
  ) => TaskEither<VaultFault, ReadonlyArray<string>>;
  /**
   * Destroys groups of rows, data keys first. Many groups cost as much as one: files are rewritten and searched once.
   * Each group gets its receipt, or the fault that kept it from being proven gone, in the order given. Nothing of a
   * group is destroyed when the workspace's witness is a fault, or differs from the group's `head`.
   *
   * The caller has made sure that the event log lets none of the rows be used again. Rows that are gone already count
   * as destroyed earlier. Safe to run again.
   */
  readonly shredTogether: (
    groups: ReadonlyArray<ShredGroup>,
  ) => TaskEither<VaultFault, ReadonlyArray<Either<VaultFault, ShredReceipt>>>;
}

/** Tells which rows there are, without opening any. */
export interface RowListing {
  /** At most `limit` workspaces that ever had a secret here, after this one, in the order of their ids. */
  readonly workspaceIds: (
    after: string | null,
    limit: number,
  ) => TaskEither<VaultFault, ReadonlyArray<string>>;
  /** Every row of a workspace, data keys without a sealed secret included, oldest first. */
  readonly rowsOf: (workspaceId: string) => TaskEither<VaultFault, ReadonlyArray<VaultRow>>;
}

/** Keeps which event store the vault belongs to, and what was seen of that store's log. */
export interface StorePairing {
  /** Random, made with the vault: ties the vault to its event store. */
  readonly deploymentId: string;
  /** Null before the first {@link StorePairing.pair}. */
  readonly pairing: TaskEither<VaultFault, Pairing | null>;
  /**
   * The first call ties the vault to an event store. Each call keeps the highest position that the store was seen at.
   * So a sweep does not take the vault's rows for orphans when the store is empty or restored. Fault
   * `other-event-store` when the vault belongs to another one.
   */
  readonly pair: (pairing: Pairing) => TaskEither<VaultFault, void>;
  /**
   * Puts this position in the place of the highest one that the store was seen at. For an operator who accepts what the
   * log lost: nothing else may call it. Nothing happens before the first {@link StorePairing.pair}.
   */
  readonly lowerHighWater: (position: bigint | null) => TaskEither<VaultFault, void>;
  /**
   * Keeps that the event log names the row's key. A log that does not name it later has lost it, and the row is no
   * orphan. Nothing happens where there is no row.
   */
  readonly markNamed: (ref: SealedKeyRef) => TaskEither<VaultFault, void>;
}

/** A seal of the event log, and the number of the log key that made it. */
export interface Seal {
  /** 32 bytes. */
  readonly seal: Uint8Array;
  readonly sealKey: number;
}

/** `unknown-key`: made by a log key that this vault does not hold, or not yet. */
export type SealVerdict = 'good' | 'bad' | 'unknown-key';

/** What the seal of a snapshot is over. */
export interface SealedSnapshot {
  /** The name of the stream. */
  readonly stream: string;
  /** Of the last event that the snapshot has in it. */
  readonly revision: number;
  readonly schemaVersion: number;
  /** The chain value of the event at that revision. */
  readonly chain: Uint8Array;
  /** As it is stored. */
  readonly text: string;
}

/** From which log key to which the log goes over. */
export interface LogKeyRenewal {
  readonly from: number;
  readonly to: number;
}

/**
 * Seals the event log. To seal and to verify takes keys in memory alone, and goes on while the vault is away or its
 * master key is rotated. Throws the fault `unavailable` once the vault was closed.
 *
 * While the log goes over to a new key, two numbered keys are held: both verify, and the newer one seals.
 */
export interface LogSealing {
  /** The number of the key that seals, from 1. */
  readonly logKeyNumber: () => number;
  /** The seal of a chain value. */
  readonly sealChain: (chain: Uint8Array) => Seal;
  readonly verifySeal: (chain: Uint8Array, seal: Seal) => SealVerdict;
  /** @throws RangeError for what can't be a snapshot: a negative revision, text with a lone surrogate. */
  readonly sealSnapshot: (snapshot: SealedSnapshot) => Seal;
  /** To be asked before anything of the snapshot is read. */
  readonly verifySnapshot: (snapshot: SealedSnapshot, seal: Seal) => SealVerdict;
  /**
   * Reads the log keys again, where a seal by an unknown one was met: another process may have renewed them. The number
   * never falls.
   */
  readonly rereadLogKeys: TaskEither<VaultFault, void>;
  /**
   * Whether the log has to go over to a new key, since a compromised master key was replaced: null when it has not.
   * From then on this vault seals by the new key. LogKeyRenewed goes into every stream, sealed by it and witnessed.
   * Then {@link LogSealing.retireLogKey} ends it. The rotation of the master key is not finished before that.
   */
  readonly logKeyRenewal: TaskEither<VaultFault, LogKeyRenewal | null>;
  /**
   * Deletes the log key that was replaced, if this is its number: what was sealed by it alone is from now on vouched
   * for by the witnesses. Nothing happens when it has gone already. Its bytes are erased by the end of the rotation.
   */
  readonly retireLogKey: (number: number) => TaskEither<VaultFault, void>;
}

/** The newest head of a workspace's stream that the vault knows of. */
export interface Witness {
  /** Of the stream's last event; -1 while none is known. */
  readonly revision: number;
  /** The chain value of that event, 32 bytes; that of the stream's beginning at -1. */
  readonly chain: Uint8Array;
}

/** The head of a workspace's stream. */
export interface WorkspaceHead extends Witness {
  readonly workspaceId: string;
}

/**
 * Keeps for each workspace the newest head that is known, under a MAC by the workspace's key. It never falls, but by
 * `lowerWitness`.
 *
 * Faults, each of one workspace and naming it: `witness-damaged` when it is missing or not what was kept;
 * `witness-differs` when the log has another event at the revision that the vault knows; `tampered` when the
 * workspace's key does not open.
 */
export interface LogWitnessing {
  /** Null when the vault has never heard of the workspace. */
  readonly witnessOf: (workspaceId: string) => TaskEither<VaultFault, Witness | null>;
  /**
   * Keeps the heads that are higher than what is kept, in one transaction, and gives what is kept then, in the order
   * given. A workspace's fault keeps nobody else's head from being kept. A workspace that the vault has never heard of
   * gets its key first.
   */
  readonly keepWitnesses: (
    heads: ReadonlyArray<WorkspaceHead>,
  ) => TaskEither<VaultFault, ReadonlyArray<Either<VaultFault, Witness>>>;
  /**
   * Puts this head in the place of what is kept, whatever that is, also where it is missing or damaged. For an operator
   * who accepts what the log lost: nothing else may call it.
   */
  readonly lowerWitness: (workspaceId: string, head: Witness) => TaskEither<VaultFault, Witness>;
}

/** Holds sealed secrets: the only part of Keyturn that ever does. */
export interface Vault
  extends
    SecretFingerprints,
    SecretSealing,
    SecretOpening,
    SecretChecking,
    RowFreezing,
    SecretShredding,
    RowListing,
    StorePairing,
    LogSealing,
    LogWitnessing,
    RemovalMemory {
  readonly close: () => Promise<void>;
}
