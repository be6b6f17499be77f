import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { AppendConflict, StoreFault } from './faults';

/** Where an append believes the stream ends: it is refused unless that is so. A number is the last event's revision. */
export type ExpectedRevision = 'any' | 'no-stream' | 'stream-exists' | number;

/** A place in the store's global order. Only ever compared, and handed back to the store that gave it. */
export type Position = bigint;

/**
 * An event to append. `data` and `metadata` are JSON texts. They are stored, and read again, byte for byte: a chain of
 * hashes lies over them.
 */
export interface EventData {
  /** A UUID. Derived from the command, so that a retried append can be recognised. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/** An event as it is stored. The store does not look into its texts: they may be no JSON where others wrote them. */
export interface RecordedEvent extends EventData {
  readonly stream: string;
  /** Place in its stream, from 0 without gaps. */
  readonly revision: number;
  readonly position: Position;
  /** When the store recorded it, in milliseconds since 1970. */
  readonly recordedAt: number;
}

export interface AppendResult {
  /** Revision of the last event of this append. */
  readonly revision: number;
  /** Position of the last event of this append. */
  readonly position: Position;
}

export type Direction = 'forwards' | 'backwards';

export interface ReadStreamOptions {
  readonly direction: Direction;
  /** First revision to return; the start (forwards) or the end (backwards) when left out. */
  readonly from?: number;
  /** At most this many events, 1 to 4,096. */
  readonly limit: number;
}

export interface StreamPage {
  readonly events: ReadonlyArray<RecordedEvent>;
  /** True when nothing lies beyond the last event of the page in the direction read, as of this read. */
  readonly end: boolean;
}

/** Which streams of the global order are meant; all when nothing is said. */
export interface StreamFilter {
  /** Only streams whose name starts with this. */
  readonly streamPrefix?: string;
  /**
   * What a name has behind the prefix: anything when left out. `id`: 1 to 64 of `A-Za-z0-9_-`, so that a stream of
   * somebody else that happens to begin in the same way is left out where the events are.
   */
  readonly streamSuffix?: 'id';
}

export interface ReadAllOptions extends StreamFilter {
  /** Return events after this position; from the first event when left out. */
  readonly after?: Position;
  /** At most this many events, 1 to 4,096. */
  readonly limit: number;
}

export interface AllPage {
  readonly events: ReadonlyArray<RecordedEvent>;
  /** Everything up to here was looked at, matching or not: read on after it. */
  readonly readTo: Position | null;
  readonly end: boolean;
}

export interface SubscribeOptions extends StreamFilter {
  readonly after?: Position;
  /** At most this many events in one message (the store may send fewer). */
  readonly batchSize?: number;
  /** Ends the subscription; the iterator then returns. */
  readonly signal: AbortSignal;
}

/**
 * `events`: in global order, none missing, none twice. `checkpoint`: nothing matched up to there, resume after it.
 * `caught-up`: everything recorded so far was delivered; sent each time that becomes so.
 */
export type SubscriptionMessage =
  | { readonly kind: 'events'; readonly events: ReadonlyArray<RecordedEvent> }
  | { readonly kind: 'checkpoint'; readonly position: Position }
  | { readonly kind: 'caught-up' };

/** The newest state of a stream, folded up to `revision`. Only ever an aid: it may be lost and is then rebuilt. */
interface Snapshot {
  readonly revision: number;
  readonly schemaVersion: number;
  /** JSON text, kept as it was given. */
  readonly data: string;
}

/** A snapshot as a store gives it back. */
export interface StoredSnapshot extends Snapshot {
  /**
   * JSON texts, by name: the parts that belong to it, as far as they are there. Others may be among them, of a save
   * that was cut off.
   */
  readonly parts: ReadonlyMap<string, string>;
}

/** The text of a part, or what gives it. */
export type PartText = string | (() => string);

/** A snapshot as a store is given it; one that a store gave back is one, too. */
export interface SnapshotToSave extends Snapshot {
  /**
   * All parts that belong to it, by name: 1 to 64 of `A-Za-z0-9_-`. A name stands for one text for ever, such as by
   * being its digest: what the store has under a name is not written again, and not asked for.
   */
  readonly parts: ReadonlyMap<string, PartText>;
  /** The stored one was of no use: it is replaced whatever its revision, and every part is written again. */
  readonly anew?: boolean;
}

/** Holds events. Every store keeps the promises of the contract suite (`@keyturn/event-store/contract`). */
export interface EventStore {
  /** Names this store: a read model built from one store refuses to go on from another. */
  readonly storeId: TaskEither<StoreFault, string>;
  /**
   * Appends all events or none, durable on return. With a revision or `no-stream` as expectation, the same append sent
   * again (same ids, same expectation) succeeds with the first result and writes nothing.
   */
  readonly append: (
    stream: string,
    expected: ExpectedRevision,
    events: NonEmptyArray<EventData>,
  ) => TaskEither<AppendConflict | StoreFault, AppendResult>;
  /**
   * A stream that does not exist reads as empty. One that exists never does: where its events are kept from readers, it
   * faults. Shows what was acknowledged; the event that an append was just refused for may come later.
   */
  readonly readStream: (stream: string, options: ReadStreamOptions) => TaskEither<StoreFault, StreamPage>;
  /** Reads the global order, oldest first. */
  readonly readAll: (options: ReadAllOptions) => TaskEither<StoreFault, AllPage>;
  /** Position of the newest event; null for an empty store. */
  readonly head: TaskEither<StoreFault, Position | null>;
  /**
   * Catches up, then follows. Pulled by its reader, so a slow one does not fill memory. A lost connection is resumed
   * with backoff inside; an iteration that throws throws a `StoreFault`.
   */
  readonly subscribe: (options: SubscribeOptions) => AsyncIterable<SubscriptionMessage>;
  readonly loadSnapshot: (stream: string) => TaskEither<StoreFault, StoredSnapshot | null>;
  /**
   * Replaces the stream's snapshot, and parts that belong to no stored one go away. An older revision than the stored
   * one is ignored. No more than 1 MiB is written at once, unless one text is larger.
   */
  readonly saveSnapshot: (stream: string, snapshot: SnapshotToSave) => TaskEither<StoreFault, void>;
  /** The store's own clock, in milliseconds since 1970: what `recordedAt` would be now. */
  readonly clock: TaskEither<StoreFault, number>;
  /** Lets appends under way finish, then releases everything. */
  readonly close: () => Promise<void>;
}
