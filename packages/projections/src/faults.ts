import type { StoreFault } from '@keyturn/event-store';

export type ProjectionFaultCode =
  /** The read model's file can't be written: the disk is full, read-only, or not permitted. */
  | 'not-writable'
  /** The file is not a read model, or what it holds can't be read as what was written. */
  | 'corrupt'
  /** Something stands in the file that is not ours, or is not as we made it, such as a trigger. */
  | 'read-model-altered'
  /** The file or its directory belongs to another user, or is a symbolic link. */
  | 'unsafe-files'
  /** Another process holds the file's write lock for too long. The same call may succeed later. */
  | 'busy'
  /** A workspace's log is not what was appended. That workspace stops there: no event of it is ever skipped. */
  | 'log-damaged'
  /** An event of a workspace can't be decoded. That workspace stops there. */
  | 'undecodable-event'
  /** A workspace's stream breaks off, or goes on with another command, in the middle of one. It stops there. */
  | 'incomplete-command'
  /** A workspace's stream was deleted in the event store. */
  | 'stream-deleted'
  /** A workspace's stream was ended in the event store by a tombstone. */
  | 'stream-tombstoned'
  /** The event store keeps events of a workspace's stream from readers. */
  | 'stream-cut'
  /** The read model was built from another event store. */
  | 'other-store'
  /** The event store ends before the place that was already projected: it was put back to an older copy. */
  | 'store-behind'
  /** The read model was built by a newer version of this software. */
  | 'newer-version'
  /** Opened for reading alone: an older release built the rows, or none did, and they lack what is asked for. */
  | 'rebuild-needed'
  /** `waitFor` gave up. */
  | 'timeout'
  /** The event store failed; `cause` is its own fault. */
  | 'store'
  /** The query itself is not one that is answered: a cursor of another query, a limit out of range. */
  | 'invalid-query'
  /** The query would go through more than its time limit allows. Nothing of it is given. */
  | 'query-too-long'
  | 'closed'
  /** None of the above: a defect. `cause` has the error. */
  | 'unexpected';

/**
 * Something is wrong with a projection or its file, not with the request of a customer. `message` says what to do next.
 */
export class ProjectionFault extends Error {
  readonly _tag = 'ProjectionFault';
  constructor(
    readonly code: ProjectionFaultCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ProjectionFault';
  }
}

/** Whether the same call may well succeed a little later, with nobody doing anything. */
export const isTransient = (fault: ProjectionFault): boolean =>
  fault.code === 'busy' || (fault.code === 'store' && isStoreAway(fault.cause));

const isStoreAway = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'unavailable';

export const storeFailed = (fault: StoreFault): ProjectionFault =>
  new ProjectionFault('store', `The event store failed while it was projected: ${fault.message}`, {
    cause: fault,
  });
