import type { SchemaObject } from '@keyturn/sqlite';
import { partitionedSchema } from './partitionedSchema';
import { SCHEMA } from './schema';

type OfTable = (table: string) => ReadonlyArray<SchemaObject>;

const column =
  (name: string, sql: string): OfTable =>
  (table) => [{ type: 'column', name, table, sql }];

const check =
  (of: string, sql: string): OfTable =>
  (table) => [{ type: 'constraint', name: `${table}_${of}_check`, table, sql: `CHECK ((${sql}))` }];

const indexOf = (name: string, table: string, columns: string, unique: '' | 'UNIQUE '): SchemaObject => ({
  type: 'index',
  name,
  table,
  sql: `CREATE ${unique}INDEX ${name} ON ${SCHEMA}.${table} USING btree (${columns})`,
});

const index =
  (by: string, columns: string): OfTable =>
  (table) => [indexOf(`${table}_by_${by}`, table, columns, '')];

const primaryKey =
  (columns: string): OfTable =>
  (table) => [
    { type: 'constraint', name: `${table}_pkey`, table, sql: `PRIMARY KEY (${columns})` },
    indexOf(`${table}_pkey`, table, columns, 'UNIQUE '),
  ];

const of = (table: string, ...parts: ReadonlyArray<OfTable>): ReadonlyArray<SchemaObject> => [
  { type: 'table', name: table, table, sql: 'logged' },
  ...parts.flatMap((part) => part(table)),
];

/**
 * The first format as the server's catalogs have it. Whoever adds a step adds to `CHANGES` what it does; tests compare
 * both with what a server has. The letter of STORAGE is that of `pg_attribute`.
 */
const FIRST: ReadonlyArray<SchemaObject> = [
  ...of(
    'data_keys',
    column('created_at', 'bigint NOT NULL STORAGE p'),
    column('data_key_id', 'bytea NOT NULL STORAGE x'),
    column('key_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    column('sealed', 'bytea NOT NULL STORAGE p'),
    column('workspace_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    primaryKey('data_key_id'),
    index('key', 'workspace_id, key_id'),
  ),
  ...of(
    'deployment',
    column('argon2_lanes', 'integer STORAGE p'),
    column('argon2_memory_kib', 'integer STORAGE p'),
    column('argon2_passes', 'integer STORAGE p'),
    column('argon2_salt', 'bytea STORAGE x'),
    column('created_at', 'bigint NOT NULL STORAGE p'),
    column('deployment_id', 'text NOT NULL STORAGE x'),
    column('format', 'integer NOT NULL STORAGE p'),
    column('master_check', 'bytea NOT NULL STORAGE p'),
    column('master_key_id', 'bytea NOT NULL STORAGE x'),
    column('master_key_kind', 'text NOT NULL STORAGE x'),
    column('only_row', 'smallint NOT NULL STORAGE p'),
    column('sealed_pepper', 'bytea NOT NULL STORAGE p'),
    column('log_key_number', 'integer NOT NULL STORAGE p'),
    column('sealed_log_key', 'bytea NOT NULL STORAGE p'),
    column('sealed_former_log_key', 'bytea STORAGE p'),
    column('rotation_number', 'integer NOT NULL STORAGE p'),
    column('renewed_in', 'integer NOT NULL STORAGE p'),
    check('master_key_kind', "master_key_kind = ANY (ARRAY['file'::text, 'passphrase'::text])"),
    check('only_row', 'only_row = 1'),
    primaryKey('only_row'),
  ),
  ...of(
    'pairing',
    column('high_water', 'numeric(20,0) STORAGE m'),
    column('only_row', 'smallint NOT NULL STORAGE p'),
    column('store_id', 'text NOT NULL STORAGE x'),
    check('only_row', 'only_row = 1'),
    primaryKey('only_row'),
  ),
  ...of(
    'removals',
    column('fingerprint', 'text COLLATE "C" NOT NULL STORAGE x'),
    column('hard_deleted', 'smallint NOT NULL STORAGE p'),
    column('key_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    column('leaked', 'smallint NOT NULL STORAGE p'),
    column('mac', 'bytea NOT NULL STORAGE x'),
    column('ordinal', 'integer NOT NULL STORAGE p'),
    column('workspace_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    check('hard_deleted', 'hard_deleted = ANY (ARRAY[0, 1])'),
    check('leaked', 'leaked = ANY (ARRAY[0, 1])'),
    primaryKey('workspace_id, ordinal'),
    index('key', 'workspace_id, key_id'),
  ),
  ...of(
    'rotation',
    column('argon2_lanes', 'integer STORAGE p'),
    column('argon2_memory_kib', 'integer STORAGE p'),
    column('argon2_passes', 'integer STORAGE p'),
    column('argon2_salt', 'bytea STORAGE x'),
    column('master_check', 'bytea STORAGE p'),
    column('master_key_id', 'bytea STORAGE x'),
    column('master_key_kind', 'text STORAGE x'),
    column('only_row', 'smallint NOT NULL STORAGE p'),
    column('replaced_id', 'bytea STORAGE x'),
    column('sealed_pepper', 'bytea STORAGE p'),
    column('log_key_number', 'integer STORAGE p'),
    column('sealed_log_key', 'bytea STORAGE p'),
    column('sealed_former_log_key', 'bytea STORAGE p'),
    column('rotation_number', 'integer STORAGE p'),
    column('renewed_in', 'integer STORAGE p'),
    column('step', 'text NOT NULL STORAGE x'),
    check('master_key_kind', "master_key_kind = ANY (ARRAY['file'::text, 'passphrase'::text])"),
    check('only_row', 'only_row = 1'),
    primaryKey('only_row'),
    check('step', "step = ANY (ARRAY['resealing'::text, 'renewing'::text, 'erasing'::text])"),
  ),
  ...of(
    'sealed_secrets',
    column('created_at', 'bigint NOT NULL STORAGE p'),
    column('data_key_id', 'bytea NOT NULL STORAGE x'),
    column('fingerprint', 'text COLLATE "C" NOT NULL STORAGE x'),
    column('frozen_at', 'bigint STORAGE p'),
    column('key_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    column('named', 'smallint NOT NULL STORAGE p DEFAULT 0'),
    column('sealed', 'bytea NOT NULL STORAGE e'),
    column('state', 'text NOT NULL STORAGE x'),
    column('workspace_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    check('named', 'named = ANY (ARRAY[0, 1])'),
    primaryKey('workspace_id, key_id'),
    check('state', "state = ANY (ARRAY['live'::text, 'frozen'::text])"),
    index('fingerprint', 'workspace_id, fingerprint'),
  ),
  ...of(
    'witnesses',
    column('chain', 'bytea NOT NULL STORAGE x'),
    column('mac', 'bytea NOT NULL STORAGE x'),
    column('revision', 'bigint NOT NULL STORAGE p'),
    column('workspace_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    primaryKey('workspace_id'),
  ),
  ...of(
    'workspace_keys',
    column('created_at', 'bigint NOT NULL STORAGE p'),
    column('master_key_id', 'bytea NOT NULL STORAGE x'),
    column('made_in', 'integer NOT NULL STORAGE p'),
    column('resealed', 'bytea STORAGE p'),
    column('sealed', 'bytea NOT NULL STORAGE p'),
    column('successor', 'bytea STORAGE p'),
    column('workspace_id', 'text COLLATE "C" NOT NULL STORAGE x'),
    primaryKey('workspace_id'),
  ),
];

type Change = (before: ReadonlyArray<SchemaObject>) => ReadonlyArray<SchemaObject>;

const adding =
  (table: string, ...parts: ReadonlyArray<OfTable>): Change =>
  (before) => [...before, ...parts.flatMap((part) => part(table))];

/** By the format that it came with. */
const CHANGES: Readonly<Record<number, Change>> = {
  4: adding('deployment', column('needs_release', 'text STORAGE x')),
  5: adding(
    'deployment',
    column('proof', "text NOT NULL STORAGE x DEFAULT 'erased'::text"),
    check('proof', "proof = ANY (ARRAY['erased'::text, 'row'::text])"),
  ),
  6: partitionedSchema,
};

/** What a vault of a format has. */
export const knownOf = (format: number): ReadonlyArray<SchemaObject> =>
  Object.entries(CHANGES)
    .filter(([cameWith]) => Number(cameWith) <= format)
    .reduce((objects, [, change]) => change(objects), FIRST);
