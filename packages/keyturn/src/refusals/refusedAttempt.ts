import type { RefusalCode } from '@keyturn/domain';
import type { Caller } from '../context';

/** What was tried, and refused. Ids and codes alone: no text of a caller's, and nothing of a secret. */
export interface RefusedAttempt {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  /** Null for a query of all workspaces, and for what is no workspace's id. */
  readonly workspaceId: string | null;
  /** Null where the caller gave none that can stand in a log. */
  readonly actorKind: Caller['kind'] | null;
  readonly actorId: string | null;
  readonly originRef: string | null;
  /** What was to be done, by the name that the hook is asked for it: `SetDefault`, `ReadAudit`. */
  readonly action: string;
  /** The key that the attempt named, or that the refusal is about; null where there is none. */
  readonly keyId: string | null;
  readonly runId: string | null;
  /** Why not. */
  readonly code: RefusalCode;
}

/** A line of the store. */
export interface RefusalLine extends RefusedAttempt {
  /** 1, 2, 3 … in the order in which this machine refused. A number may be missing: its line was too old to be kept. */
  readonly sequence: number;
}

/** Refusals that are counted, and have no lines of their own. */
export interface CountedRefusals {
  /** The hour in which they were, milliseconds since 1970; null for all that are older than lines are kept. */
  readonly hour: number | null;
  /** Null where they were in several workspaces, or in none. */
  readonly workspaceId: string | null;
  /** Null where several actors were refused, or one without a name. */
  readonly actorKind: Caller['kind'] | null;
  readonly actorId: string | null;
  readonly count: number;
}

/** Which lines: those for which everything named here is so. */
export interface RefusalFilter {
  readonly workspaceIds?: ReadonlyArray<string>;
  readonly keyId?: string;
  readonly actorId?: string;
  readonly actorKind?: string;
  readonly code?: string;
  /** At this time or later, milliseconds since 1970. */
  readonly since?: number;
  /** Before this. */
  readonly until?: number;
}
