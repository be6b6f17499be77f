import type { TaskEither } from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import type { Secret } from './secret';

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
 * The right to one release, of the row that `authorise` names. The vault runs it itself: `authorise` first, then it unseals and compares, then `confirm`,
 * then it looks whether the row is still live, and only then hands the secret over.
 */
export interface ReleaseGate<E> {
  /**
   * Appends this attempt's own event at an exact expected revision, acknowledged on first send, and returns what the
   * event log says of the key.
   */
  readonly authorise: TaskEither<E, KeyBinding>;
  /** Reads from that event to the stream's head: fails when a hard delete stands there, or when it can't tell. */
  readonly confirm: TaskEither<E, void>;
}

/** What a shred destroyed and how it was checked. Counts are 0 when an earlier, interrupted shred had done it. */
export interface ShredReceipt {
  /** Milliseconds since 1970. */
  readonly destroyedAt: number;
  readonly secretsDestroyed: number;
  readonly dataKeysDestroyed: number;
  readonly method: string;
  readonly checks: ReadonlyArray<string>;
}

/** Holds sealed secrets: the only part of Keyturn that ever does. */
export interface Vault {
  /** Random, made with the vault: ties the vault to its event store. */
  readonly deploymentId: string;
  /** The same secret of the same workspace always has the same fingerprint; without the pepper it says nothing. */
  readonly fingerprint: (workspaceId: string, secret: Secret) => string;
  /** Stores the secret under a new row; refuses a key id that has one. Durable on return. */
  readonly seal: (binding: KeyBinding, secret: Secret) => TaskEither<VaultFault, void>;
  /** The only way out. The secret lives until `use` has ended, then its bytes are wiped. */
  readonly open: <E, A>(
    gate: ReleaseGate<E>,
    use: (secret: Secret) => TaskEither<E, A>,
  ) => TaskEither<E | VaultFault, A>;
  /** Makes the row refuse to open, in a transaction of its own, before a hard delete is appended. */
  readonly freeze: (ref: SealedKeyRef) => TaskEither<VaultFault, void>;
  readonly unfreeze: (ref: SealedKeyRef) => TaskEither<VaultFault, void>;
  /** Removes the row of an add that was refused; nothing else ever named it. */
  readonly discard: (ref: SealedKeyRef) => TaskEither<VaultFault, void>;
  /**
   * The key ids of every row of the workspace with this fingerprint, live or frozen: the key itself, the same secret on
   * file under another endpoint, and orphans of a repeated paste.
   */
  readonly sealedKeyIds: (
    workspaceId: string,
    fingerprint: string,
  ) => TaskEither<VaultFault, ReadonlyArray<string>>;
  /**
   * Destroys these rows of the workspace, data keys first. The caller has made sure that the event log lets none of them
   * be used again. Rows that are gone already count as destroyed earlier. Safe to run again.
   */
  readonly shred: (
    workspaceId: string,
    keyIds: ReadonlyArray<string>,
  ) => TaskEither<VaultFault, ShredReceipt>;
  readonly close: () => Promise<void>;
}
