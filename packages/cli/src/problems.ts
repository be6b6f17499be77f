import type { Refusal } from '@keyturn/domain';

/** A rule says no. Carries the refusal out of the depths of a command. */
export class Refused extends Error {
  readonly _tag = 'Refused';
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'Refused';
  }
}

/** The command line is not one that `keyturn` takes. `message` says what it takes, and never repeats a long value. */
export class UsageError extends Error {
  readonly _tag = 'UsageError';
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export type SetupFaultCode =
  /** There is no data directory here: `keyturn init` makes one. */
  | 'not-initialised'
  /** A data directory is here already. */
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
  /** The passphrase is not there, can be read by others, or is no text. */
  | 'bad-passphrase'
  /** The command of `--exec` could not be started. */
  | 'command-not-started'
  /** The hidden prompt was left, or there is no terminal to ask on. */
  | 'no-answer'
  | 'not-writable'
  /** NODE_DEBUG is set: Node would print what passes through its streams and processes, keys too. */
  | 'node-debug';

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
