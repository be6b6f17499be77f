export type SetupFaultCode =
  /** There is nothing of a deployment here. */
  | 'not-initialised'
  /** A deployment is here already. */
  | 'already-initialised'
  /** One of the data directory's parts is missing, while others hold something. */
  | 'incomplete-data-directory'
  /** The data directory belongs to another event store than the one that was named. */
  | 'other-event-store'
  /** The data directory belongs to another vault than the one that was named. */
  | 'other-vault'
  /** This user may not look into the data directory. */
  | 'not-accessible'
  /** There is no master key to join a deployment with. */
  | 'master-key-missing'
  /** The master key would lie where every copy of the data directory has it. */
  | 'master-key-exposed'
  | 'not-writable'
  /** The place for a backup, or for what is restored, has something in it. */
  | 'place-not-empty'
  /** What is to be restored is not what was backed up, or no backup at all. */
  | 'backup-damaged'
  | 'bad-option';

/** Something about this machine's set-up is wrong. `message` says what to do next. */
export class SetupFault extends Error {
  readonly _tag = 'SetupFault';
  constructor(
    readonly code: SetupFaultCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'SetupFault';
  }
}
