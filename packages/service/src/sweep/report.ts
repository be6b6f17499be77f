import type { Finding } from './findings';

/** What a sweep can find. */
export type FindingKind = Finding['kind'];

/** A finding of a workspace: a key's or a run's. */
export interface SweepFinding {
  readonly workspaceId: string;
  readonly kind: FindingKind;
  /** Null for a run. */
  readonly keyId: string | null;
  /** Null for a key. */
  readonly runId: string | null;
}

/** A finding that is still there. */
export interface PendingFinding extends Omit<SweepFinding, 'kind'> {
  /** `workspace`: it could not be looked into as a whole. */
  readonly kind: FindingKind | 'workspace';
  /**
   * `within-grace`: it may be under way still. `overdue`: a run whose lease is over by one look at one clock, which is
   * not enough to end it. Else the code of the refusal or fault that kept it from being
   * repaired.
   */
  readonly code: string;
  readonly reason: string;
}

/** What a sweep found and did. */
export interface SweepReport {
  readonly dryRun: boolean;
  /** How many workspaces were looked into. */
  readonly workspaces: number;
  /** What was repaired; in a dry run, what would be. */
  readonly repairs: ReadonlyArray<SweepFinding>;
  /** What is left for a later sweep. */
  readonly pending: ReadonlyArray<PendingFinding>;
}

export const WITHIN_GRACE = 'within-grace';
export const OVERDUE = 'overdue';

export const sweepFinding = (workspaceId: string, finding: Finding): SweepFinding => ({
  workspaceId,
  kind: finding.kind,
  keyId: 'keyId' in finding ? finding.keyId : null,
  runId: 'runId' in finding ? finding.runId : null,
});
