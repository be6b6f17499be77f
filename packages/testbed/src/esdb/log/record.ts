/** An event as a client proposes it. `data` and `metadata` are bytes that the server does not look into. */
export interface ProposedEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as the log holds it. */
export interface LogRecord extends ProposedEvent {
  readonly stream: string;
  /** Place in its stream, from 0 without gaps; `TOMBSTONE` for the event that ends a stream for ever. */
  readonly revision: bigint;
  /** Where it begins in the log. Grows by the event's size, so positions have gaps as the real server's have. */
  readonly position: bigint;
  /** Where it ends, which is where the next one begins. */
  readonly next: bigint;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** The revision of a tombstone, and the `$tb` of a stream that was deleted: the largest signed 64-bit number. */
export const TOMBSTONE = 9_223_372_036_854_775_807n;

export const STREAM_DELETED_TYPE = '$streamDeleted';
export const METADATA_TYPE = '$metadata';
