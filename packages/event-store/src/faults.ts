/** The stream does not end where the append expected: read what is new, decide again. A value, not an `Error`. */
export interface AppendConflict {
  readonly _tag: 'AppendConflict';
  readonly stream: string;
  readonly expected: 'no-stream' | 'stream-exists' | number;
  readonly actual: number | 'no-stream';
}

export type StoreFaultCode =
  /** The store can't be reached or is busy: the same call may succeed later. Nothing was written. */
  | 'unavailable'
  /** Sent, and no answer came: it may or may not have been written. Retry the same append. */
  | 'outcome-unknown'
  /** The append is larger than the store takes. */
  | 'too-large'
  /** The disk is full, read-only, or not permitted. */
  | 'not-writable'
  /** What is stored can't be read as what was written. */
  | 'corrupt'
  /** The stream was deleted in the store. */
  | 'stream-deleted'
  /** The stream was ended in the store for good: nothing brings it back but a restore of the store. */
  | 'stream-tombstoned'
  /** The stream is there, and its first events, or all, are kept from readers: by its metadata, say. */
  | 'stream-cut'
  /** The call itself is not one the store takes (a limit out of range, an id that is no UUID). */
  | 'invalid-argument'
  | 'access-denied'
  /** Something stands in the embedded store's file that is not ours, such as a trigger. */
  | 'schema-altered'
  /** The embedded store has the format of an older release: it has to be migrated before it is opened. */
  | 'migration-needed'
  /** The embedded store has the format of a newer release. */
  | 'newer-version'
  /** The embedded store's file or directory belongs to another user, or is a symbolic link. */
  | 'unsafe-files'
  | 'closed';

/** Something is wrong with the store, not with the request of a customer. `message` says what to do next. */
export class StoreFault extends Error {
  readonly _tag = 'StoreFault';
  constructor(
    readonly code: StoreFaultCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'StoreFault';
  }
}
