import type { Position, RecordedEvent, StreamFilter } from '@keyturn/event-store';

/** What is looked through: the events behind a place, of streams that a filter lets through. */
export interface AllRequest extends StreamFilter {
  readonly after: Position | undefined;
}

/** Events of one stream. */
export interface StreamQuery {
  readonly kind: 'stream';
  readonly stream: string;
  readonly backwards: boolean;
  readonly from?: number;
  readonly count: number;
}

/** What is asked of a server that reads. */
export type ReadQuery =
  | StreamQuery
  /** The newest event of all. */
  | { readonly kind: 'newest' }
  /** The newest event of all that lies before a place. */
  | { readonly kind: 'before'; readonly position: Position }
  /** A subscription. */
  | ({ readonly kind: 'all' } & AllRequest);

/** A message of a read or a subscription. What it does not have is null or false. */
export interface ReadMessage {
  readonly event: RecordedEvent | null;
  readonly checkpoint: Position | null;
  readonly caughtUp: boolean;
  readonly streamNotFound: boolean;
}
