import { keptFormats } from '@keyturn/sqlite';
import { PARTITION_TABLES } from './partitionStep';

/** The vault's own schema, in which its tables are: one vault to a database. */
export const SCHEMA = 'keyturn_vault';

/** The columns of a master key. */
const MASTER_KEY = (nullable: '' | 'NOT NULL') => `
  master_key_kind text ${nullable} CHECK (master_key_kind IN ('file', 'passphrase')),
  master_key_id bytea ${nullable},
  master_check bytea ${nullable},
  argon2_memory_kib integer,
  argon2_passes integer,
  argon2_lanes integer,
  argon2_salt bytea,
  sealed_pepper bytea ${nullable},
  log_key_number integer ${nullable},
  sealed_log_key bytea ${nullable},
  sealed_former_log_key bytea,
  rotation_number integer ${nullable},
  renewed_in integer ${nullable}`;

/** The columns of sealed bytes, by table. */
export const SEALED: Readonly<Record<string, ReadonlyArray<string>>> = {
  deployment: ['master_check', 'sealed_pepper', 'sealed_log_key', 'sealed_former_log_key'],
  rotation: ['master_check', 'sealed_pepper', 'sealed_log_key', 'sealed_former_log_key'],
  workspace_keys: ['sealed', 'resealed', 'successor'],
  sealed_secrets: ['sealed'],
  data_keys: ['sealed'],
};

const STORAGE: Readonly<Record<string, string>> = { sealed_secrets: 'EXTERNAL' };

/**
 * Ids are compared byte by byte (`COLLATE "C"`), and read in that order, whatever the database's locale. Nothing sealed
 * is compressed: it gets no smaller, and lies in the files as it was sealed, where a shred looks for it. Nor do
 * statistics have samples of it, which ANALYZE would copy to a table of the server's own. Data keys have a small table
 * of their own, that a shred can rewrite as a whole.
 */
const FIRST_TABLES: ReadonlyArray<string> = [
  `CREATE TABLE deployment (
     only_row smallint PRIMARY KEY CHECK (only_row = 1),
     format integer NOT NULL,
     deployment_id text NOT NULL,
     created_at bigint NOT NULL,${MASTER_KEY('NOT NULL')}
   )`,
  `CREATE TABLE pairing (
     only_row smallint PRIMARY KEY CHECK (only_row = 1),
     store_id text NOT NULL,
     high_water numeric(20)
   )`,
  `CREATE TABLE workspace_keys (
     workspace_id text COLLATE "C" PRIMARY KEY,
     master_key_id bytea NOT NULL,
     created_at bigint NOT NULL,
     made_in integer NOT NULL,
     sealed bytea NOT NULL,
     resealed bytea,
     successor bytea
   )`,
  `CREATE TABLE witnesses (
     workspace_id text COLLATE "C" PRIMARY KEY,
     revision bigint NOT NULL,
     chain bytea NOT NULL,
     mac bytea NOT NULL
   )`,
  `CREATE TABLE removals (
     workspace_id text COLLATE "C" NOT NULL,
     ordinal integer NOT NULL,
     key_id text COLLATE "C" NOT NULL,
     fingerprint text COLLATE "C" NOT NULL,
     hard_deleted smallint NOT NULL CHECK (hard_deleted IN (0, 1)),
     leaked smallint NOT NULL CHECK (leaked IN (0, 1)),
     mac bytea NOT NULL,
     PRIMARY KEY (workspace_id, ordinal)
   )`,
  'CREATE INDEX removals_by_key ON removals (workspace_id, key_id)',
  `CREATE TABLE rotation (
     only_row smallint PRIMARY KEY CHECK (only_row = 1),
     step text NOT NULL CHECK (step IN ('resealing', 'renewing', 'erasing')),
     replaced_id bytea,${MASTER_KEY('')}
   )`,
  `CREATE TABLE sealed_secrets (
     workspace_id text COLLATE "C" NOT NULL,
     key_id text COLLATE "C" NOT NULL,
     fingerprint text COLLATE "C" NOT NULL,
     state text NOT NULL CHECK (state IN ('live', 'frozen')),
     created_at bigint NOT NULL,
     frozen_at bigint,
     named smallint NOT NULL DEFAULT 0 CHECK (named IN (0, 1)),
     data_key_id bytea NOT NULL,
     sealed bytea NOT NULL,
     PRIMARY KEY (workspace_id, key_id)
   )`,
  'CREATE INDEX sealed_secrets_by_fingerprint ON sealed_secrets (workspace_id, fingerprint)',
  `CREATE TABLE data_keys (
     data_key_id bytea PRIMARY KEY,
     workspace_id text COLLATE "C" NOT NULL,
     key_id text COLLATE "C" NOT NULL,
     created_at bigint NOT NULL,
     sealed bytea NOT NULL
   )`,
  'CREATE INDEX data_keys_by_key ON data_keys (workspace_id, key_id)',
  ...Object.entries(SEALED).map(
    ([table, columns]) =>
      `ALTER TABLE ${table} ${columns
        .map(
          (column) =>
            `ALTER ${column} SET STORAGE ${STORAGE[table] ?? 'PLAIN'}, ALTER ${column} SET STATISTICS 0`,
        )
        .join(', ')}`,
  ),
];

/** What a vault of a format has is what its steps make of the first. */
export const FORMATS = keptFormats(3, [
  {
    adds: 'the release that it needs',
    needsRelease: '0.1.0',
    statements: ['ALTER TABLE deployment ADD COLUMN needs_release text'],
  },
  {
    adds: 'what a shred has to prove',
    needsRelease: '0.1.0',
    statements: [
      "ALTER TABLE deployment ADD COLUMN proof text NOT NULL DEFAULT 'erased' CHECK (proof IN ('erased', 'row'))",
    ],
  },
  {
    adds: 'partitions, so that a shred holds up few releases',
    needsRelease: '0.1.0',
    statements: PARTITION_TABLES,
  },
]);

/** What makes a new vault's tables. */
export const CREATE_TABLES: ReadonlyArray<string> = [
  ...FIRST_TABLES,
  ...FORMATS.statementsTo(FORMATS.present),
];
