import type {
  AuditEntriesTable,
  AuditEntriesView,
  AuditKeysTable,
  AuditRunsTable,
  AuditTimesTable,
  AuditTimesView,
  AuditTotalsOverallTable,
  AuditTotalsTable,
} from '../auditLog/tables';
import type { FingerprintsTable } from '../keyList/fingerprintTables';
import type { KeyListTable, KeyListView } from '../keyList/tables';
import type { VendorCallsTable, VendorCallsView } from '../keyList/vendorCallTables';
import type { WorkspacesTable, WorkspacesView } from '../keyList/workspaceTables';
import type { RunUsageKeysTable, RunUsageTable, RunUsageView } from '../runUsage/tables';

/**
 * Every table and view of a read model's file that projectors write and queries read. A projector's tables go by
 * their plain names, without generation.
 */
export interface ReadModelTables {
  key_list: KeyListTable;
  key_fingerprints: FingerprintsTable;
  key_list_v3: KeyListView;
  known_keys_v3: KeyListView;
  workspaces: WorkspacesTable;
  workspaces_v1: WorkspacesView;
  vendor_calls: VendorCallsTable;
  vendor_calls_v1: VendorCallsView;
  run_usage: RunUsageTable;
  run_usage_keys: RunUsageKeysTable;
  run_usage_v1: RunUsageView;
  audit_entries: AuditEntriesTable;
  audit_keys: AuditKeysTable;
  audit_runs: AuditRunsTable;
  audit_times: AuditTimesTable;
  audit_totals: AuditTotalsTable;
  audit_totals_overall: AuditTotalsOverallTable;
  audit_entries_v2: AuditEntriesView;
  audit_block_times: AuditTimesView;
  audit_totals_v1: AuditTotalsTable;
  audit_totals_overall_v1: AuditTotalsOverallTable;
  audit_known_keys: Pick<AuditKeysTable, 'key_id' | 'workspace_id' | 'last4'>;
}
