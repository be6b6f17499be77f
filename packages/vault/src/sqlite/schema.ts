import { keptFormats } from '@keyturn/sqlite';

const FIRST_VAULT = `
CREATE TABLE deployment (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  format INTEGER NOT NULL,
  deployment_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  master_key_kind TEXT NOT NULL CHECK (master_key_kind IN ('file', 'passphrase')),
  master_key_id BLOB NOT NULL,
  master_check BLOB NOT NULL,
  argon2_memory_kib INTEGER,
  argon2_passes INTEGER,
  argon2_lanes INTEGER,
  argon2_salt BLOB,
  sealed_pepper BLOB NOT NULL,
  log_key_number INTEGER NOT NULL,
  sealed_log_key BLOB NOT NULL,
  sealed_former_log_key BLOB,
  rotation_number INTEGER NOT NULL,
  renewed_in INTEGER NOT NULL
) STRICT;
CREATE TABLE pairing (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  store_id TEXT NOT NULL,
  high_water TEXT
) STRICT;
CREATE TABLE workspace_keys (
  workspace_id TEXT PRIMARY KEY,
  master_key_id BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  made_in INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  resealed BLOB,
  successor BLOB
) STRICT;
CREATE TABLE witnesses (
  workspace_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  chain BLOB NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE TABLE removals (
  workspace_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  key_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  hard_deleted INTEGER NOT NULL CHECK (hard_deleted IN (0, 1)),
  leaked INTEGER NOT NULL CHECK (leaked IN (0, 1)),
  mac BLOB NOT NULL,
  PRIMARY KEY (workspace_id, ordinal)
) STRICT;
CREATE INDEX removals_by_key ON removals (workspace_id, key_id);
CREATE TABLE rotation (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  step TEXT NOT NULL CHECK (step IN ('resealing', 'renewing', 'erasing')),
  replaced_id BLOB,
  master_key_kind TEXT CHECK (master_key_kind IN ('file', 'passphrase')),
  master_key_id BLOB,
  master_check BLOB,
  argon2_memory_kib INTEGER,
  argon2_passes INTEGER,
  argon2_lanes INTEGER,
  argon2_salt BLOB,
  sealed_pepper BLOB,
  log_key_number INTEGER,
  sealed_log_key BLOB,
  sealed_former_log_key BLOB,
  rotation_number INTEGER,
  renewed_in INTEGER
) STRICT;
CREATE TABLE sealed_secrets (
  workspace_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'frozen')),
  created_at INTEGER NOT NULL,
  frozen_at INTEGER,
  named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
  data_key_id BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (workspace_id, key_id)
) STRICT;
CREATE INDEX sealed_secrets_by_fingerprint ON sealed_secrets (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_by_age ON sealed_secrets (created_at)`;

/** Of both files. What a vault of one has is what its steps make of the first. */
export const FORMATS = keptFormats(6, [
  {
    adds: 'the release that it needs',
    needsRelease: '0.1.0',
    statements: ['ALTER TABLE deployment ADD COLUMN needs_release TEXT'],
  },
]);

/** What makes the deployment's file, in a format. */
export const vaultTables = (format: number): string =>
  [FIRST_VAULT, ...FORMATS.statementsTo(format)].join(';\n');

/** The same in all formats. Rows carry what a sweep needs to find a data key whose secret was never stored. */
export const CREATE_KEYS = `
CREATE TABLE deployment (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  deployment_id TEXT NOT NULL
) STRICT;
CREATE TABLE data_keys (
  data_key_id BLOB PRIMARY KEY,
  workspace_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX data_keys_by_key ON data_keys (workspace_id, key_id);
CREATE INDEX data_keys_by_age ON data_keys (created_at);
`;
