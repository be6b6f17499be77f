import type { KeyturnRefusal } from 'keyturn';

/** The command line is not one that `keyturn` takes. `message` says what it takes, and never repeats a long value. */
export class UsageError extends Error {
  readonly _tag = 'UsageError';
  constructor(
    message: string,
    /** The help of the command that was meant. */
    readonly help: string | null = null,
  ) {
    super(message);
    this.name = 'UsageError';
  }
}

/** A refusal, and the name that was probably meant. */
export class Misnamed extends Error {
  readonly _tag = 'Misnamed';

  constructor(
    readonly refusal: KeyturnRefusal,
    readonly nearest: string,
  ) {
    super(refusal.message);
    this.name = 'Misnamed';
  }
}

/** A person was asked whether to do what can't be undone, and said no. */
export class NotConfirmed extends Error {
  readonly _tag = 'NotConfirmed';

  constructor() {
    super('Nothing was done: it was not confirmed.');
    this.name = 'NotConfirmed';
  }
}

export type CommandFaultCode =
  /** The passphrase is not there, can be read by others, or is no text. */
  | 'bad-passphrase'
  /** The command of `--exec` could not be started. */
  | 'command-not-started'
  /** A step of a rehearsal showed something else than is promised. */
  | 'drill-broken'
  /** The hidden prompt was left. */
  | 'no-answer'
  /** Node was told to show what passes through it, or what is in its memory: keys, too. */
  | 'node-debug';

/** A fault of the command line's own. `message` says what to do next. */
export class CommandFault extends Error {
  readonly _tag = 'CommandFault';
  constructor(
    readonly code: CommandFaultCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CommandFault';
  }
}
