export type OperatorCredentialFaultCode =
  /** The operator named no source for this vendor, or no usable one. */
  | 'not-configured'
  /** The named file or variable is not there, or the variable is empty. */
  | 'missing'
  /** Others than the file's owner have access to it. */
  | 'exposed'
  /** The path is not a file, or reading it failed. */
  | 'unreadable'
  /** What was read can't be one credential. */
  | 'malformed'
  /** The credential was used after it was disposed of: a mistake in the calling code. */
  | 'disposed';

/**
 * The operator's credential could not be had. There is no other credential to try instead: stop, and let the operator
 * mend what `message` says. The message never has any of the credential.
 */
export class OperatorCredentialFault extends Error {
  readonly _tag = 'OperatorCredentialFault';
  constructor(
    readonly code: OperatorCredentialFaultCode,
    /** Whose credential was asked for. */
    readonly vendor: string,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'OperatorCredentialFault';
  }
}
