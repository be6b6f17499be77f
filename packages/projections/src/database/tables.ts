import type { AuditEntriesTable, AuditEntriesView, AuditKeysTable, AuditRunsTable } from '../auditLog/tables';
import type { KeyListTable, KeyListView } from '../keyList/tables';
import type { RunUsageKeysTable, RunUsageTable, RunUsageView } from '../runUsage/tables';

/** One row for each generation of a projector's tables: the live one, and one being rebuilt. */
interface CheckpointsTable {
  projector: string;
  generation: number;
  version: number;
  /** 1 for the generation that the views show. */
  live: number;
  /** 1 once the secondary indexes stand; they are built when the first long catch-up is over. */
  indexed: number;
  /** Everything up to here is projected; null before the first event. */
  position: bigint | number | null;
  /** How many events were projected. */
  events: number;
  updated_at: number;
  fault: string | null;
}

/** One row: which event store this file was built from. */
interface ReadModelInfoTable {
  store_id: string;
  format: number;
}

/** Every table and view of a read model's file. A projector's tables go by their plain names, without generation. */
export interface ReadModelTables {
  projection_checkpoints: CheckpointsTable;
  read_model_info: ReadModelInfoTable;
  key_list: KeyListTable;
  key_list_v2: KeyListView;
  known_keys_v2: KeyListView;
  run_usage: RunUsageTable;
  run_usage_keys: RunUsageKeysTable;
  run_usage_v1: RunUsageView;
  audit_entries: AuditEntriesTable;
  audit_keys: AuditKeysTable;
  audit_runs: AuditRunsTable;
  audit_entries_v2: AuditEntriesView;
  audit_known_keys: Pick<AuditKeysTable, 'key_id' | 'workspace_id'>;
}
