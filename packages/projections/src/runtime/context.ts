import type { EventStore } from '@keyturn/event-store';
import type { Checkpoints } from '../database/checkpoints';
import type { ReadModelFile } from '../database/readModelFile';
import type { StreamStates } from '../database/streamStates';
import type { SealChecking } from '../log/sealChecking';
import type { ProjectionName } from './projector';

/** Called for each batch that is projected: does the work, and watches it, for traces. */
export type AroundBatch = (
  batch: { readonly projections: ReadonlyArray<ProjectionName>; readonly events: number },
  work: () => Promise<void>,
) => Promise<void>;

/** What every part of the runtime works with. */
export interface RuntimeContext {
  readonly file: ReadModelFile;
  readonly checkpoints: Checkpoints;
  readonly streams: StreamStates;
  readonly store: EventStore;
  /** What seals are checked with; null where no vault is open. */
  readonly seals: SealChecking | null;
  /** Events read and written at a time. */
  readonly batchSize: number;
  /** Milliseconds since 1970: for the time of the last step alone, never for what is projected. */
  readonly clock: () => number;
  readonly around: AroundBatch;
}
