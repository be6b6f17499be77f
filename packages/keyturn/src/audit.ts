import type {
  KeyringThen as ServiceKeyringThen,
  HistoryRequest,
  CallContext,
  Failure,
} from '@keyturn/service';
import type { TaskEither } from 'fp-ts/TaskEither';
import { callContext, type ActContext } from './context';
import type { Lifecycle } from './lifecycle';
import type { Reading } from './reading';
import type { Refused } from './refusals/refusedReading';
import type { KeySummary } from './results';
import { guarded, settled } from './settle';

/** The audit log: an entry for each event. */
export interface Audit {
  /**
   * A page of the log, of one workspace, of any of several, or of all of them where `workspaceId` is left out.
   *
   * @example
   * await keyturn.audit.page({ workspaceId: 'acme', actor }, { action: 'DefaultChanged', limit: 20 });
   */
  readonly page: Reading['auditPage'];
  /**
   * How many entries match, in all and by action, actor, day or key.
   *
   * @example
   * const uses = { action: ['RunKeyPinned', 'RunKeyResumed', 'KeyTestCallStarted'] } as const;
   * const { total, counts } = await keyturn.audit.count({ workspaceId: 'acme', actor }, 'actor', uses);
   */
  readonly count: Reading['auditCount'];
  /**
   * The actor, case, run, project or origin that was probably meant by a name that no entry has; null where none is
   * near. Only names that begin with the same character are looked at; of projects those of the workspaces named.
   *
   * @example
   * await keyturn.audit.nearest({ workspaceId: 'acme', actor }, 'caseId', 'SEC/104');
   */
  readonly nearest: Reading['nearestInLog'];
  /** What vouches for the log: how far its seals were checked, and which workspaces' entries end before their log. */
  readonly checked: Reading['auditLog'];
  /** Every entry that matches, oldest first unless said otherwise; nothing is cut. */
  readonly export: Reading['auditExport'];
  /**
   * Attempts that were refused, newest first: they are no events, so the log has nothing of them. They are those that
   * this machine refused, kept for 400 days. What came too often is counted. The hook is asked for `ReadAudit`.
   *
   * @example
   * const { refusals, counted } = await keyturn.audit.refused({ workspaceId: 'acme', actor }, { keyId });
   */
  readonly refused: Refused;
}

export const makeAudit = (reading: Reading, refused: Refused): Audit => ({
  refused,
  page: reading.auditPage,
  count: reading.auditCount,
  nearest: reading.nearestInLog,
  checked: reading.auditLog,
  export: reading.auditExport,
});

/** A run that was open at the time. */
export interface OpenRun {
  readonly runId: string;
  readonly projectId: string | null;
  readonly keyId: string;
  readonly vendor: string;
  readonly requested: ServiceKeyringThen['openRuns'][number]['requested'];
  readonly choice: ServiceKeyringThen['openRuns'][number]['choice'];
  /** Milliseconds since 1970, as the next. */
  readonly startedAt: number;
  readonly leaseUntil: number;
  /** Its key was hard-deleted while the run held it. */
  readonly interrupted: boolean;
}

/** A keyring as it stood at one time. */
export interface KeyringThen {
  /** Of the newest event recorded until then; -1 when there was none. All revisions before it were taken. */
  readonly revision: number;
  /** When the store recorded that event, milliseconds since 1970; null when there was none. */
  readonly recordedAt: number | null;
  /** False where the store's times fall somewhere in the stream: a clock was wrong, and times are no order. */
  readonly timesInOrder: boolean;
  /**
   * Revisions (both ends included) that were taken though their recorded time is later than the time asked for. Empty
   * where times are in order.
   */
  readonly recordedLater: ReadonlyArray<{ readonly first: number; readonly last: number }>;
  /** Keys on file and retired ones, oldest first. */
  readonly keys: ReadonlyArray<KeySummary>;
  readonly workspaceDefault: string | null;
  readonly projectDefaults: ReadonlyArray<{ readonly projectId: string; readonly keyId: string }>;
  readonly openRuns: ReadonlyArray<OpenRun>;
}

/** History, rebuilt from the events alone. */
export interface History {
  /**
   * The keyring as it stood at a time by the event store's clock; at its newest revision when left out. A command
   * counts as a whole, once its last event was recorded by then. The order is that of the revisions: where a clock was
   * wrong, all before the newest command recorded by then is taken, and the answer says so (`timesInOrder`,
   * `recordedLater`).
   */
  readonly at: (
    ctx: ActContext,
    query?: { readonly at?: number; readonly keyId?: string },
  ) => Promise<KeyringThen>;
}

export const makeHistory = (
  history: (context: CallContext, request: HistoryRequest) => TaskEither<Failure, ServiceKeyringThen>,
  lifecycle: Lifecycle,
): History => ({
  at: (ctx, query = {}) => guarded(() => lifecycle.run(() => settled(history(callContext(ctx), query)))),
});
