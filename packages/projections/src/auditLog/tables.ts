import type { ActorKind, KeyringEventType } from '@keyturn/domain';

/** One row for each event of the store, in its order. Times in milliseconds since 1970. */
export interface AuditEntriesTable {
  /** 1, 2, 3 … without gaps. */
  sequence: number;
  event_id: string;
  type: KeyringEventType;
  position: bigint | number;
  revision: number;
  recorded_at: number;
  /** `recorded_at`, but never before the entry above: time windows are spans of the log. */
  logged_at: number;
  time: number;
  workspace_id: string;
  actor_kind: ActorKind;
  actor_id: string;
  origin_ref: string | null;
  key_id: string | null;
  last4: string | null;
  vendor: string | null;
  label: string | null;
  /** The key that a Default moved away from. */
  previous_key_id: string | null;
  run_id: string | null;
  project_id: string | null;
  cause: string | null;
  case_id: string | null;
  correlation_id: string;
  causation_id: string;
  command_id: string;
  sentence: string;
}

/** What the log says of a key beside its id: nothing for one whose add was given up. */
export interface AuditKeysTable {
  workspace_id: string;
  key_id: string;
  vendor: string | null;
  last4: string | null;
  label: string | null;
}

/** The project of each open run that has one. */
export interface AuditRunsTable {
  workspace_id: string;
  run_id: string;
  project_id: string;
}

type Times = 'recorded_at' | 'logged_at' | 'time';

/** `audit_entries_v1`. Times as RFC 3339 text and, `…_ms`, as numbers. */
export interface AuditEntriesView extends Omit<AuditEntriesTable, Times> {
  recorded_at: string;
  recorded_at_ms: number;
  logged_at_ms: number;
  time: string;
  time_ms: number;
}

export const AUDIT_ENTRY_COLUMNS = [
  'sequence',
  'event_id',
  'type',
  'position',
  'revision',
  'recorded_at',
  'logged_at',
  'time',
  'workspace_id',
  'actor_kind',
  'actor_id',
  'origin_ref',
  'key_id',
  'last4',
  'vendor',
  'label',
  'previous_key_id',
  'run_id',
  'project_id',
  'cause',
  'case_id',
  'correlation_id',
  'causation_id',
  'command_id',
  'sentence',
] as const satisfies ReadonlyArray<keyof AuditEntriesTable>;
