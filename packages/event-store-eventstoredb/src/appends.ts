import type { EventData, ExpectedRevision, Position } from '@keyturn/event-store';

/** An append that the server is asked for. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: ReadonlyArray<EventData>;
}

/** What the server answers to an append. */
export type AppendAnswer =
  | { readonly kind: 'done'; readonly revision: number; readonly position: Position | null }
  /** `actual` is null where the server does not say where the stream ends. */
  | { readonly kind: 'conflict'; readonly actual: number | 'no-stream' | null }
  | { readonly kind: 'access-denied' | 'stream-deleted' | 'too-large' | 'invalid' }
  /** It could not be put into bytes, so nothing was sent. */
  | { readonly kind: 'unsendable' }
  /** Nothing of it was done. */
  | { readonly kind: 'turned-away'; readonly error: Error }
  /** It may have been done, or may be done yet: there was no answer, or the server gave up on it. */
  | { readonly kind: 'unknown' | 'timed-out' };
