import type { Catalogue } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { SealChecking } from './log/sealChecking';
import type { AroundBatch } from './runtime/context';
import type { ProjectionName } from './runtime/projector';

export interface ReadModelsOptions {
  /** The SQLite file; created when new. Several processes may open it, and project into it, at once. */
  readonly file: string;
  readonly store: EventStore;
  /**
   * `write` unless said: this process projects. `read`: another one does, and this one has only to be able to read the
   * file, which must exist. Its `catchUp` and `waitFor` wait for the other; its `run` and `rebuild` are refused.
   */
  readonly access?: 'write' | 'read';
  /** The language of labels and sentences; English unless said. */
  readonly words?: Catalogue;
  /** A vendor's name as people write it, of its slug; by the tables that come with Keyturn unless said. */
  readonly vendorName?: (vendor: string) => string;
  /** Milliseconds since 1970, for the time of the last step in `status`. */
  readonly clock?: () => number;
  readonly around?: AroundBatch;
  /** Events read and written in one transaction, 1 to 4,096; 500 unless said. */
  readonly batchSize?: number;
  /** How long a query of the audit log may take before it is given up (`query-too-long`): 10 s unless said. */
  readonly queryTimeLimitMs?: number;
  /** What the log's seals are checked with: a vault's. Left out, seals are not checked, and `logOf` says so. */
  readonly verify?: SealChecking;
  /** The projections that this process keeps up; all unless said. */
  readonly projections?: ReadonlyArray<ProjectionName>;
}
