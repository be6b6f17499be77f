import type { Matter } from './matters';

/** A matter of a workspace: a key's or a run's. */
export interface SweptMatter {
  readonly workspaceId: string;
  readonly kind: Matter['kind'];
  /** Null for a run. */
  readonly keyId: string | null;
  /** Null for a key. */
  readonly runId: string | null;
}

/** A matter that is still there. */
export interface PendingMatter extends Omit<SweptMatter, 'kind'> {
  /** `workspace`: it could not be looked into as a whole. */
  readonly kind: Matter['kind'] | 'workspace';
  /** `within-grace`: it may be under way still. Else the code of the refusal or fault that kept it from being repaired. */
  readonly code: string;
  readonly reason: string;
}

/** What a sweep found and did. */
export interface SweepReport {
  readonly dryRun: boolean;
  /** How many workspaces were looked into. */
  readonly workspaces: number;
  /** What was repaired; in a dry run, what would be. */
  readonly repairs: ReadonlyArray<SweptMatter>;
  /** What is left for a later sweep. */
  readonly pending: ReadonlyArray<PendingMatter>;
}

export const WITHIN_GRACE = 'within-grace';

export const sweptMatter = (workspaceId: string, matter: Matter): SweptMatter => ({
  workspaceId,
  kind: matter.kind,
  keyId: 'keyId' in matter ? matter.keyId : null,
  runId: 'runId' in matter ? matter.runId : null,
});
