import type { ChoiceMade, ReleaseOutcome } from '@keyturn/domain';

/** One row for every pin. A run id may be used again after a while, so its pin's stream revision names the row. */
export interface RunUsageTable {
  workspace_id: string;
  pin_revision: number;
  run_id: string;
  project_id: string | null;
  key_id: string;
  last4: string | null;
  vendor: string;
  /** JSON of what the caller asked for: `{"kind":"default"}`, `{"kind":"vendor",…}` or `{"kind":"key",…}`. */
  requested: string;
  choice: ChoiceMade;
  pinned_at: number;
  lease_until: number;
  resumed: number;
  released_at: number | null;
  outcome: ReleaseOutcome | null;
  /** 1 when its key was hard-deleted under it. */
  interrupted: number;
}

/** The last 4 of every key, to show with its runs. */
export interface RunUsageKeysTable {
  workspace_id: string;
  key_id: string;
  last4: string;
}

type Times = 'pinned_at' | 'lease_until' | 'released_at';

/** `run_usage_v1`. Times as RFC 3339 text and, `…_ms`, as numbers. */
export interface RunUsageView extends Omit<RunUsageTable, Times> {
  pinned_at: string;
  pinned_at_ms: number;
  lease_until: string;
  lease_until_ms: number;
  released_at: string | null;
  released_at_ms: number | null;
}

export const RUN_USAGE_COLUMNS = [
  'workspace_id',
  'pin_revision',
  'run_id',
  'project_id',
  'key_id',
  'last4',
  'vendor',
  'requested',
  'choice',
  'pinned_at',
  'lease_until',
  'resumed',
  'released_at',
  'outcome',
  'interrupted',
] as const satisfies ReadonlyArray<keyof RunUsageTable>;
