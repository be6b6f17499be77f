import type { Refusal } from '@keyturn/domain';
import type { StoreFault } from '@keyturn/event-store';
import type { VaultFault } from '@keyturn/vault';

export type ServiceFaultCode =
  /** The keyring's history has an event that this release can't read; nothing is decided on half a history. */
  | 'undecodable-history'
  /** Other processes kept changing the keyring; the same command may succeed later. */
  | 'contention'
  /** An event would not be readable again: a defect of Keyturn or of an extension of it. */
  | 'unencodable-event'
  /** The authorisation hook failed: nothing was done. */
  | 'authorisation-failed'
  /** The event store belongs to another vault than the one that was given. */
  | 'other-vault'
  /** Events of one workspace are not what was appended. Nothing is done for it; others go on. */
  | 'log-damaged'
  /** The event store has less than was seen of it: it was restored from a backup, or its end was cut off. */
  | 'event-store-behind'
  /** The caller's signal was aborted before anything was recorded. */
  | 'cancelled'
  /** A part that never throws threw. */
  | 'defect';

/** Something is wrong with the service or what it stands on. `message` says what to do next. */
export class ServiceFault extends Error {
  readonly _tag = 'ServiceFault';
  constructor(
    readonly code: ServiceFaultCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ServiceFault';
  }
}

/** What can be wrong with the deployment, as against what a caller asked for. */
export type Fault = StoreFault | VaultFault | ServiceFault;

/** Why a use case did not do what was asked: a refusal (a rule says no) or a fault (something is broken). */
export type Failure = Refusal | Fault;

/** @returns true for a refusal: nothing is broken, and its message says what to do. */
export const isRefusal = (failure: Failure): failure is Refusal => !(failure instanceof Error);
