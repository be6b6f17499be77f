import type { ProjectionName } from '../runtime/projector';

/** Something that a read model has: a statement that made it, by the first half of its SHA-256. */
export interface KnownObject {
  readonly type: 'table' | 'index' | 'view';
  /** Without the generation that ends the names of tables and indexes, and of both in the statement. */
  readonly name: string;
  readonly table: string;
  readonly digest: string;
  /** An index that is built when the first catch-up is over. */
  readonly late: boolean;
}

const table = (name: string, digest: string): KnownObject => ({
  type: 'table',
  name,
  table: name,
  digest,
  late: false,
});
const index = (name: string, on: string, digest: string): KnownObject => ({
  type: 'index',
  name,
  table: on,
  digest,
  late: false,
});
const lateIndex = (...of: Parameters<typeof index>): KnownObject => ({ ...index(...of), late: true });
const view = (name: string, digest: string): KnownObject => ({
  type: 'view',
  name,
  table: name,
  digest,
  late: false,
});

/** What all projections share. */
export const SHARED: ReadonlyArray<KnownObject> = [
  index('projection_streams_damaged', 'projection_streams', 'duDorM6JZ1Zs0y8sfqqqwZ'),
  table('projection_streams', 'Owk_gE3UJrJpdttgQI8hgM'),
  table('projection_checkpoints', 'yWydQrYUKyGD1hGk802swt'),
  table('read_model_info', 'qg-zg3d9JVPlkSeNa9gTLu'),
];

/**
 * What each projection's projector makes: digests, since the query builder that makes the statements takes longer to
 * load than a list takes to be read. A test compares the two, and shows the new ones where they differ.
 */
export const KNOWN_SCHEMA: Readonly<Record<ProjectionName, ReadonlyArray<KnownObject>>> = {
  'key-list': [
    table('key_list', 'HhaMnXEPh4sVZbxRe9dlFC'),
    view('key_list_v3', 'fc4GjTk3qHfbHVYX-NuZXL'),
    view('known_keys_v3', 'UBytlY7bYXneCoz_O5T0aN'),
    lateIndex('key_list_by_age', 'key_list', 'hwOiD3FR1tTcZutmmybMuI'),
    lateIndex('key_list_by_expiry', 'key_list', 'LLJwKXiCYe1Df9NuoEiSZl'),
    table('key_fingerprints', 'ZQZAZcDzrwS5BZY1k-LVrm'),
    lateIndex('key_list_by_ending', 'key_list', 'lPPvgZf2eo9O8kMksA4e3Q'),
    lateIndex('key_list_by_fingerprint', 'key_fingerprints', 'UkIFGeKP7Y9wD1sO9vvh_6'),
    table('workspaces', 'ppcxhAJk02rxioKFTGHPLy'),
    view('workspaces_v1', 'FpG3NsfD3sqdpq0f6-GKLM'),
    table('vendor_calls', 'Xcp-Wb_GEVOpjJvOPr3Qzl'),
    view('vendor_calls_v1', 'doEJ-goJTsL51DgODPaYOl'),
    lateIndex('key_list_by_vendor_call', 'vendor_calls', '7X7rYsZj8vtQPq5K2ZDh08'),
  ],
  'run-usage': [
    index('run_usage_by_open_run', 'run_usage', 'Ty9pSyJh5XONVD5mZ4x_2m'),
    index('run_usage_by_pin', 'run_usage', 'SzOMgt_MDLaUFC6oi_WvCM'),
    table('run_usage', '_WrQcDScJES9lsqdJwpmXi'),
    table('run_usage_keys', 'wnsSd9P317z9TqjgvrBVwg'),
    view('run_usage_v1', '0O0xXS7xRTGydxAJcisOQt'),
    lateIndex('run_usage_by_key', 'run_usage', 'kFMA1hrSdTXqESFv0pY0tS'),
    lateIndex('run_usage_by_open', 'run_usage', '6GhnbTHQM0M3RSeEOTe4IG'),
    lateIndex('run_usage_by_run', 'run_usage', '7L34AqcYm9mh-HBPHlePGl'),
  ],
  'audit-log': [
    index('audit_log_by_known_key', 'audit_keys', 'T5C1NSMRLcoPGp1F9ScTJ8'),
    index('audit_log_by_known_last4', 'audit_keys', 'lGGZgdyZ-JlNJJUdTsiQtz'),
    table('audit_entries', 'ZPsKA5HQmSM6iSQuh6HkKG'),
    table('audit_keys', 'UgBwNISsfp65-VUxKsDpcu'),
    table('audit_runs', 'xkOpMy6M0aS_vIVDQoJZb0'),
    table('audit_times', 'YOtrIM9pW20gfukecOIo0g'),
    table('audit_totals', 'mRRAYH83cGUCmT_l22DweT'),
    table('audit_totals_overall', 'N0qffNefJyWxQV0UQnXeHD'),
    view('audit_totals_v1', 'f8N7AVbV8ZXRkrKI-vzhTZ'),
    view('audit_totals_overall_v1', 'mQjUXN4E5cdI9lFn6cURg5'),
    view('audit_block_times', 'C2d6gVk1ji14k1dX7X90Mx'),
    view('audit_entries_v2', 'DAniiGZaornpm7pu4bsvz9'),
    view('audit_known_keys', 'ZR9yvlEnomuUkePry1T3tz'),
    lateIndex('audit_log_by_action', 'audit_entries', 'QgjWbUEx94aVlTWQGeXXFf'),
    lateIndex('audit_log_by_actor', 'audit_entries', 'rbZAvW441Flt9bcpSYdmdw'),
    lateIndex('audit_log_by_case', 'audit_entries', 'kRqXPUx37Xs3-12wMVHKKo'),
    lateIndex('audit_log_by_correlation', 'audit_entries', 'E0KjVW4ZarvUjgYk0dA9U0'),
    lateIndex('audit_log_by_key', 'audit_entries', 'DQL2PXGexIQRlHdszZ5CBw'),
    lateIndex('audit_log_by_key_actor', 'audit_entries', 'FUK9Y90nkJ0fWKt7mPG2Wc'),
    lateIndex('audit_log_by_key_project', 'audit_entries', 'Sv7bAlH2g0-QJcS7L8fcCd'),
    lateIndex('audit_log_by_origin', 'audit_entries', 'Fjuw_Ic07CkMj4ePKke7zc'),
    lateIndex('audit_log_by_previous_key', 'audit_entries', 'ihYd4g6RlXz72oV7u4BbPX'),
    lateIndex('audit_log_by_project', 'audit_entries', 'DNuJILFJ7RtGGy87GxROfn'),
    lateIndex('audit_log_by_project_actor', 'audit_entries', 'aD_8LvPrT28pvCf5Qa-pVX'),
    lateIndex('audit_log_by_run', 'audit_entries', 'FZGAziCX3mOBAMWGgrZ-0k'),
    lateIndex('audit_log_by_workspace', 'audit_entries', '6xUfPzwz2lCDSULoraPR6L'),
    lateIndex('audit_log_by_workspace_actor', 'audit_entries', '8QExim_e0gRRfzxXSYXPNv'),
  ],
};
