import type { EventLog } from '../log/eventLog';
import type { Position } from '../log/position';
import type { FilterOptions } from '../services/filter';

/** A subscription to `$all`. */
export interface AllSubscription {
  readonly log: EventLog;
  /** Events after it are sent; null for all of them. */
  readonly after: Position | 'end' | null;
  /** Null for every event, and then there are no checkpoints. */
  readonly filter: FilterOptions | null;
  readonly tellsFallingBehind: boolean;
  /** Whether a checkpoint says where the last page before the end began; servers before 24.10.5 don't say it. */
  readonly checkpointAtEnd: boolean;
}

/** A subscription to a stream, which need not exist yet. It fails once the stream has a tombstone. */
export interface StreamSubscription {
  readonly log: EventLog;
  readonly stream: string;
  /** Events after this revision are sent; null for all of them. */
  readonly after: bigint | 'end' | null;
  readonly tellsFallingBehind: boolean;
}

/** Before all events. */
export const BEFORE: Position = { commit: -1n, prepare: -1n };
