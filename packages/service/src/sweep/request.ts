import type { CallContext } from '../context';

/** What a sweep is asked to do. */
export interface SweepRequest {
  readonly actor: CallContext['actor'];
  /** Only tells what it would do. */
  readonly dryRun?: boolean;
  /**
   * How old a finding must be to count as left behind and not as under way, in milliseconds; 10 minutes when left out.
   * It must be longer than an add or a hard delete can take. Else a sweep removes the row of an add that is under way,
   * which is then refused, or lifts the freeze of a hard delete.
   */
  readonly graceMs?: number;
  /**
   * Your word that every lease that is over by this machine's clock may lapse now; on a retired key, when it is over
   * for the grace. Look at the clock first: what is ended stays ended. Asks for the permission `ExpireRuns`, too.
   *
   * When left out, a lease lapses once this service has seen it overdue twice, five minutes apart by a clock that
   * nobody sets; on a retired key, one grace later.
   */
  readonly expire?: boolean;
  /** Called after each workspace with the number inspected so far. */
  readonly onProgress?: (workspaces: number) => void;
  /** Stops between two repairs, and leaves the rest for the next sweep. */
  readonly signal?: AbortSignal;
}
