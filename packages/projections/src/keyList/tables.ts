import type { FailureReason, KeyStatus } from '@keyturn/domain';

/** One row for every key that was ever added, hard-deleted ones too. Times in milliseconds since 1970. */
export interface KeyListTable {
  workspace_id: string;
  key_id: string;
  /** The store position of KeyAdded: the order of the list. */
  added_position: bigint | number;
  vendor: string;
  endpoint: string | null;
  region: string | null;
  label: string | null;
  last4: string;
  status: KeyStatus;
  failure_reason: FailureReason | null;
  is_default: number;
  was_default: number;
  /** JSON list of the projects that it is Default of, in order of their names. */
  project_defaults: string;
  runs_in_flight: number;
  added_at: number;
  last_used_at: number | null;
  last_validated_at: number | null;
  display: string;
}

type Times = 'added_at' | 'last_used_at' | 'last_validated_at';

/** `known_keys_v1`, and `key_list_v1` without the hard-deleted ones. Times as RFC 3339 text and, `…_ms`, as numbers. */
export interface KeyListView extends Omit<KeyListTable, Times> {
  added_at: string;
  added_at_ms: number;
  last_used_at: string | null;
  last_used_at_ms: number | null;
  last_validated_at: string | null;
  last_validated_at_ms: number | null;
}
