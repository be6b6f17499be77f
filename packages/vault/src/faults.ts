export type VaultFaultCode =
  /** There is no vault here. */
  | 'not-initialised'
  /** A vault is here already. */
  | 'already-initialised'
  /** The master key's file or passphrase is missing, or can't be read. */
  | 'master-key-missing'
  /** The master key is not the one this vault was sealed with. */
  | 'master-key-wrong'
  /** The master key's file can be read by others than its owner. */
  | 'master-key-exposed'
  /** A row does not open as what was sealed: altered, moved from another key or workspace, or damaged. */
  | 'tampered'
  /** The event log names a key that the vault has no row of. */
  | 'missing-secret'
  /** The row is frozen: a hard delete is under way. */
  | 'frozen'
  /** The row exists already. */
  | 'duplicate-key'
  /** More than five seconds went by between the append and the release. */
  | 'release-too-late'
  /** The shred could not be finished now (another process reads the vault); run it again. */
  | 'shred-incomplete'
  /** A rotation of the master key could not be finished now; run it again. */
  | 'rotation-incomplete'
  /** What the vault knows of a workspace's newest event, or of its hard deletes and leaks, is not what it kept. */
  | 'witness-damaged'
  /** The event log has another event where the vault knows of one. */
  | 'witness-differs'
  /** The vault belongs to another event store than the one that was given. */
  | 'other-event-store'
  /** Something stands in the vault's schema that is not ours, or is not as we made it: a trigger, a rule, a column. */
  | 'schema-altered'
  /** The vault has the format of an older release: it has to be migrated before it is opened. */
  | 'migration-needed'
  /** The vault has the format of a newer release. */
  | 'newer-version'
  /** A file or directory of the vault belongs to another user, or is a symbolic link. */
  | 'unsafe-files'
  | 'unavailable'
  | 'not-writable';

/** Something is wrong with the vault or its configuration. `message` says what to do next, and never has a secret. */
export class VaultFault extends Error {
  readonly _tag = 'VaultFault';
  constructor(
    readonly code: VaultFaultCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'VaultFault';
  }
}
