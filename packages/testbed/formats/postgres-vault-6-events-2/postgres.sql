CREATE SCHEMA keyturn_vault;
CREATE TABLE keyturn_vault.data_keys (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
)
PARTITION BY HASH (workspace_id);
ALTER TABLE ONLY keyturn_vault.data_keys ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_0 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_0 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_0 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_1 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_1 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_1 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_10 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_10 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_10 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_11 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_11 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_11 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_12 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_12 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_12 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_13 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_13 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_13 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_14 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_14 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_14 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_15 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_15 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_15 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_16 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_16 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_16 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_17 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_17 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_17 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_18 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_18 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_18 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_19 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_19 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_19 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_2 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_2 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_2 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_20 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_20 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_20 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_21 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_21 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_21 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_22 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_22 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_22 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_23 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_23 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_23 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_24 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_24 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_24 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_25 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_25 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_25 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_26 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_26 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_26 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_27 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_27 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_27 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_28 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_28 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_28 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_29 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_29 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_29 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_3 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_3 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_3 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_30 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_30 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_30 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_31 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_31 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_31 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_4 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_4 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_4 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_5 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_5 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_5 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_6 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_6 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_6 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_7 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_7 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_7 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_8 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_8 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_8 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_9 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_9 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_9 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.deployment (
    only_row smallint NOT NULL,
    format integer NOT NULL,
    deployment_id text NOT NULL,
    created_at bigint NOT NULL,
    master_key_kind text NOT NULL,
    master_key_id bytea NOT NULL,
    master_check bytea NOT NULL,
    argon2_memory_kib integer,
    argon2_passes integer,
    argon2_lanes integer,
    argon2_salt bytea,
    sealed_pepper bytea NOT NULL,
    log_key_number integer NOT NULL,
    sealed_log_key bytea NOT NULL,
    sealed_former_log_key bytea,
    rotation_number integer NOT NULL,
    renewed_in integer NOT NULL,
    needs_release text,
    proof text DEFAULT 'erased'::text NOT NULL,
    CONSTRAINT deployment_master_key_kind_check CHECK ((master_key_kind = ANY (ARRAY['file'::text, 'passphrase'::text]))),
    CONSTRAINT deployment_only_row_check CHECK ((only_row = 1)),
    CONSTRAINT deployment_proof_check CHECK ((proof = ANY (ARRAY['erased'::text, 'row'::text])))
);
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN master_check SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN master_check SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN sealed_pepper SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN sealed_pepper SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN sealed_log_key SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN sealed_log_key SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN sealed_former_log_key SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.deployment ALTER COLUMN sealed_former_log_key SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.pairing (
    only_row smallint NOT NULL,
    store_id text NOT NULL,
    high_water numeric(20,0),
    CONSTRAINT pairing_only_row_check CHECK ((only_row = 1))
);
CREATE TABLE keyturn_vault.removals (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    ordinal integer NOT NULL,
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    hard_deleted smallint NOT NULL,
    leaked smallint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT removals_hard_deleted_check CHECK ((hard_deleted = ANY (ARRAY[0, 1]))),
    CONSTRAINT removals_leaked_check CHECK ((leaked = ANY (ARRAY[0, 1])))
);
CREATE TABLE keyturn_vault.rotation (
    only_row smallint NOT NULL,
    step text NOT NULL,
    replaced_id bytea,
    master_key_kind text,
    master_key_id bytea,
    master_check bytea,
    argon2_memory_kib integer,
    argon2_passes integer,
    argon2_lanes integer,
    argon2_salt bytea,
    sealed_pepper bytea,
    log_key_number integer,
    sealed_log_key bytea,
    sealed_former_log_key bytea,
    rotation_number integer,
    renewed_in integer,
    CONSTRAINT rotation_master_key_kind_check CHECK ((master_key_kind = ANY (ARRAY['file'::text, 'passphrase'::text]))),
    CONSTRAINT rotation_only_row_check CHECK ((only_row = 1)),
    CONSTRAINT rotation_step_check CHECK ((step = ANY (ARRAY['resealing'::text, 'renewing'::text, 'erasing'::text])))
);
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN master_check SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN master_check SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN sealed_pepper SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN sealed_pepper SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN sealed_log_key SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN sealed_log_key SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN sealed_former_log_key SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.rotation ALTER COLUMN sealed_former_log_key SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.sealed_secrets (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
)
PARTITION BY HASH (workspace_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_0 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_0 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_0 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_1 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_1 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_1 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_10 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_10 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_10 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_11 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_11 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_11 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_12 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_12 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_12 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_13 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_13 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_13 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_14 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_14 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_14 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_15 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_15 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_15 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_16 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_16 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_16 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_17 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_17 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_17 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_18 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_18 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_18 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_19 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_19 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_19 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_2 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_2 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_2 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_20 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_20 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_20 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_21 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_21 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_21 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_22 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_22 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_22 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_23 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_23 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_23 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_24 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_24 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_24 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_25 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_25 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_25 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_26 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_26 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_26 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_27 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_27 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_27 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_28 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_28 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_28 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_29 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_29 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_29 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_3 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_3 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_3 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_30 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_30 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_30 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_31 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_31 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_31 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_4 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_4 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_4 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_5 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_5 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_5 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_6 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_6 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_6 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_7 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_7 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_7 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_8 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_8 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_8 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.sealed_secrets_9 (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL,
    created_at bigint NOT NULL,
    frozen_at bigint,
    named smallint DEFAULT 0 NOT NULL,
    data_key_id bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_secrets_named_check CHECK ((named = ANY (ARRAY[0, 1]))),
    CONSTRAINT sealed_secrets_state_check CHECK ((state = ANY (ARRAY['live'::text, 'frozen'::text])))
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_9 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets_9 ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE TABLE keyturn_vault.witnesses (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    revision bigint NOT NULL,
    chain bytea NOT NULL,
    mac bytea NOT NULL
);
CREATE TABLE keyturn_vault.workspace_keys (
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    master_key_id bytea NOT NULL,
    created_at bigint NOT NULL,
    made_in integer NOT NULL,
    sealed bytea NOT NULL,
    resealed bytea,
    successor bytea
);
ALTER TABLE ONLY keyturn_vault.workspace_keys ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.workspace_keys ALTER COLUMN sealed SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.workspace_keys ALTER COLUMN resealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.workspace_keys ALTER COLUMN resealed SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.workspace_keys ALTER COLUMN successor SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.workspace_keys ALTER COLUMN successor SET STORAGE PLAIN;
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_0 FOR VALUES WITH (modulus 32, remainder 0);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_1 FOR VALUES WITH (modulus 32, remainder 1);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_10 FOR VALUES WITH (modulus 32, remainder 10);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_11 FOR VALUES WITH (modulus 32, remainder 11);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_12 FOR VALUES WITH (modulus 32, remainder 12);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_13 FOR VALUES WITH (modulus 32, remainder 13);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_14 FOR VALUES WITH (modulus 32, remainder 14);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_15 FOR VALUES WITH (modulus 32, remainder 15);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_16 FOR VALUES WITH (modulus 32, remainder 16);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_17 FOR VALUES WITH (modulus 32, remainder 17);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_18 FOR VALUES WITH (modulus 32, remainder 18);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_19 FOR VALUES WITH (modulus 32, remainder 19);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_2 FOR VALUES WITH (modulus 32, remainder 2);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_20 FOR VALUES WITH (modulus 32, remainder 20);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_21 FOR VALUES WITH (modulus 32, remainder 21);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_22 FOR VALUES WITH (modulus 32, remainder 22);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_23 FOR VALUES WITH (modulus 32, remainder 23);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_24 FOR VALUES WITH (modulus 32, remainder 24);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_25 FOR VALUES WITH (modulus 32, remainder 25);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_26 FOR VALUES WITH (modulus 32, remainder 26);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_27 FOR VALUES WITH (modulus 32, remainder 27);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_28 FOR VALUES WITH (modulus 32, remainder 28);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_29 FOR VALUES WITH (modulus 32, remainder 29);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_3 FOR VALUES WITH (modulus 32, remainder 3);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_30 FOR VALUES WITH (modulus 32, remainder 30);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_31 FOR VALUES WITH (modulus 32, remainder 31);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_4 FOR VALUES WITH (modulus 32, remainder 4);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_5 FOR VALUES WITH (modulus 32, remainder 5);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_6 FOR VALUES WITH (modulus 32, remainder 6);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_7 FOR VALUES WITH (modulus 32, remainder 7);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_8 FOR VALUES WITH (modulus 32, remainder 8);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_9 FOR VALUES WITH (modulus 32, remainder 9);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_0 FOR VALUES WITH (modulus 32, remainder 0);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_1 FOR VALUES WITH (modulus 32, remainder 1);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_10 FOR VALUES WITH (modulus 32, remainder 10);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_11 FOR VALUES WITH (modulus 32, remainder 11);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_12 FOR VALUES WITH (modulus 32, remainder 12);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_13 FOR VALUES WITH (modulus 32, remainder 13);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_14 FOR VALUES WITH (modulus 32, remainder 14);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_15 FOR VALUES WITH (modulus 32, remainder 15);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_16 FOR VALUES WITH (modulus 32, remainder 16);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_17 FOR VALUES WITH (modulus 32, remainder 17);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_18 FOR VALUES WITH (modulus 32, remainder 18);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_19 FOR VALUES WITH (modulus 32, remainder 19);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_2 FOR VALUES WITH (modulus 32, remainder 2);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_20 FOR VALUES WITH (modulus 32, remainder 20);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_21 FOR VALUES WITH (modulus 32, remainder 21);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_22 FOR VALUES WITH (modulus 32, remainder 22);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_23 FOR VALUES WITH (modulus 32, remainder 23);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_24 FOR VALUES WITH (modulus 32, remainder 24);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_25 FOR VALUES WITH (modulus 32, remainder 25);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_26 FOR VALUES WITH (modulus 32, remainder 26);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_27 FOR VALUES WITH (modulus 32, remainder 27);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_28 FOR VALUES WITH (modulus 32, remainder 28);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_29 FOR VALUES WITH (modulus 32, remainder 29);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_3 FOR VALUES WITH (modulus 32, remainder 3);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_30 FOR VALUES WITH (modulus 32, remainder 30);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_31 FOR VALUES WITH (modulus 32, remainder 31);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_4 FOR VALUES WITH (modulus 32, remainder 4);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_5 FOR VALUES WITH (modulus 32, remainder 5);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_6 FOR VALUES WITH (modulus 32, remainder 6);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_7 FOR VALUES WITH (modulus 32, remainder 7);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_8 FOR VALUES WITH (modulus 32, remainder 8);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_9 FOR VALUES WITH (modulus 32, remainder 9);
INSERT INTO keyturn_vault.data_keys_19 VALUES ('\xc623c025b8d1e3d73d17dc648614c46c', 'acme', '30a7d106-834e-4dfe-9298-11ad91303363', 1795917990636, '\x01012c5e7f5ffba3456cc7513459b3cce0fc71c793e3112162b64c5a319335600c45a654ec72b9c3b08f7cb62956812ad86aec1bffaedafc9c446df3c5cdaa5ca0db02bb4749c1928b482d8cbf87736b05240c4314a1c765118efd89ce686958775ed065b1e1e1b31c3344585ec418cf1c1b');
INSERT INTO keyturn_vault.data_keys_19 VALUES ('\x9942e2a773227291851272070750e790', 'acme', '54a685d6-4fbc-46bf-894c-85e58e80d852', 1795917991105, '\x01012c5e7f5ffba3456c2db224b0861d74674d9d4b5d1b957e86f7f2af392003c90dd47af27dc4711c532bb7b614c68115886f716d92e34c92bd4a5e72f99ab029451103bed356b3f41a750c50499b6b71b835bb66d064226e872448e2e30edd95001f3e7ccda0ee0348fcef92f5ab6b451e');
INSERT INTO keyturn_vault.data_keys_8 VALUES ('\x0969e4189dd55967c9e3f251e5f56604', 'beta', '908609cf-9471-4ea4-8568-de4e4ef7596c', 1795917996054, '\x010191626f0bd1090074203cebbd8f3c8bb2da65f3f540db2378ed31fa36591ae29f6da27ed201840afd457bb8bdf5ad08f5467dc7371d4b5dfd4869af092f42e51a3dd1c4cf409320964c691e778eecdf5868c9fc439d4ee1be17a1f8a833e3f007940cc166544710e0f467aa811251d1c1');
INSERT INTO keyturn_vault.deployment VALUES (1, 6, 'b2c3bde2-7b6d-425e-8b68-2b88146cddd5', 1795917986991, 'file', '\x45609ca95b1eea17', '\x01017cd187a7c3cd3a4562b103a99364583ee53fcd764f96a0ac73f60eddb15958987799fc3241d30dc2d2962be8389c1b6a8a007e6fbebcc150b79d426eec2a1fecba832f62f76431ce61510d262c932a77f5c7cbd6325e0553d1e7bda2b7d4e9004fd5', NULL, NULL, NULL, NULL, '\x0101c1b7c5ea3a3f252a25a7283def855460f382851a5d93f163a148a8d3f83e8d06ff785014fc29121845ab4ddf87c52a8a11820d0808ba50329cccb08bb8a9123b1db99525ab1befc21d8110b40856436c3a16bb4913d7e6a0e235608f2b331b591d8e95bad8afd98f161956982ceb281a', 1, '\x0101abcb762db41f3b2e36d454cff8fa1c176cd7cadd9222ab627b97aae684f56852b2ee681b7573a7c06330219fbe5f1fd9ecda44f1a9b86421bb0f7ba0b41883d629655f026034ca73b318f50bb929c6afbd8d55baaec71c4f372e61a62d1975bb3f84a1c09e45d537a6c3d3d0e7a9d1c1', NULL, 0, 0, '0.1.0', 'erased');
INSERT INTO keyturn_vault.pairing VALUES (1, '651d8569-8adf-4e36-849a-93561c98246a', 26);
INSERT INTO keyturn_vault.removals VALUES ('acme', 0, '19dea752-56c3-4847-84e4-867720b589a7', 'ARlfC493enpLvdpXYfNzBN_5z1KPmUnu26VwpF57TQgWzLYujRbKYM8', 1, 0, '\x0616454c483d4a67702aa98a7501cf83df1a813f9ff69cca2e75080b5d7b28db');
INSERT INTO keyturn_vault.removals VALUES ('acme', 1, '7e47e929-a96d-4d34-be7c-7f4bebe514d7', 'ARlfC493enpLwhO8E9naLnrvusEp3trrfMtSCpEOkTQyCF5lb_ESoDM', 1, 1, '\x252632c4fa077aeb8a98758e29f3df87234469fec025ed75322b35ef5f97d969');
INSERT INTO keyturn_vault.sealed_secrets_19 VALUES ('acme', '30a7d106-834e-4dfe-9298-11ad91303363', 'ARlfC493enpLWJZETUdL3Y1TvaRBz7vUGNLmIo-3GFb2Qaeh5BQ4tPk', 'live', 1795917990636, NULL, 1, '\xc623c025b8d1e3d73d17dc648614c46c', '\x01017622c976cd9f010a77da864a845130c570610c6acffd733b820c1e3bcf6335ff1d35319340e336cdb90a6bde2cdb98cc851e301927c137f066d2c9f509398f7acc4955dc4cbaec09b764bf2cab3c088b03e3f9bc8a8e72df65eea3653057e4adff14ca5eae366b07ee8110d453c804557159403a8d66eabfb5079f7db774d39a18ada01b4e89947ca652bc7cd740a843e9f042c684f8070fee4dac3a36d9f5cbda08f949b10a7bba64fcf0d1cd054b668d5d085f5a1575bfb3425cb7274f7f95eb545a1d4db5b3b62eafdcb665c4705bcff52bd821ff7b27d8b41d6a6681667ea1700d725c49e439de6a74402ee08a222e790d71a57297037334e57c2e4cb54d1b12770efd53116b350ce2b463c1b1e16d4a686e15f80f2f7404f017e3dd45dce6cbfc0a99e580994e84b69ecb3f81a108c7cd55421f1be5a1f6adbcfa72f1a175821c6c6d6a5fb0f78eb3cd6edae09c');
INSERT INTO keyturn_vault.sealed_secrets_19 VALUES ('acme', '54a685d6-4fbc-46bf-894c-85e58e80d852', 'ARlfC493enpLd7E3fZcxzwj_PIXZclZEmqCuhA73f7HOL-4l54axpWU', 'live', 1795917991105, NULL, 1, '\x9942e2a773227291851272070750e790', '\x010115918296abc5a158be5e4925161ed1741ec9a56ab0337dce56559619015d399630fa83f7618d3bf74bbff3313e138d4a17fe11fa1a5a3767a5ed0e3ce620e11aa72215911324cdeadfdca4d5e738d4a3d49be6769074cc2d4c8ff00daeb8cf3e5cf4daf755f086931cdeb239ddfdad5fb93aa0e00117fb9ddd477acf7c2db0688178d36ffd9015916d0d9a19b4044e98276aa8d7ee8f05538b672f33aa8a03657e3c6f5e6f3f745ba2c10080eab5ba947e8694bbbbb4995dd0a8986c3e05c5f31aece79246b8523c51be2c80feaa58d2fd971dc6eed7db1cd52d847fc7839242ce71fc153de72aece8507c82c07e684e9cb45ae8afffc2e263c0b04e40cde63070ca72830b45834782201ea294a937e787ea99cbbe39da957c785421b6eb784f376fc3679d19ac43d66808ed67d4768068a3aedcf736fbfd84365c59b0c9a41a68e3d8121e85f4fa413958feecf43956');
INSERT INTO keyturn_vault.sealed_secrets_8 VALUES ('beta', '908609cf-9471-4ea4-8568-de4e4ef7596c', 'ARlfC493enpLHWExYkKanfUiMu7TC_SjJe8x3ruFe_He5Qf0UOK0RVQ', 'live', 1795917996054, NULL, 1, '\x0969e4189dd55967c9e3f251e5f56604', '\x01010683b483490bcb2fa258ad9cfeef25427f161f5dc66255957ee93c8b055599332522f9f79d13819bf7d8b97e179a7ce2f884404f265a547cc72d99f517ab497aaec71401368dabc8e4b7d39cfe153360cc17eb5706d0833113f68a4de49f03270f56db090382591a118b67fb53160183f351bdaee54a3e77ae81c75472c13fe2dec241e1abb0cb4e0fcf3e8f539abd5341dc5ceeeb4d3ef45f037b85bdada9a993cb2303eeb3c0c6c4997328c3f3f525941527253c979ab3cf8c1cf715b1768931fcb086acc9985addb0bdf5b43958aae0b487c7c9eb303e06f4658c333e293d70873cde557f8ee4153072f7d012261d76144e2818120ec370819af5267c7e842625bb62df7991d13e1ccf5871973c2902339ec7ee2348cb5043354e7dc0d756b359a915c44b8e2c6fb9c49b32034708a12d0ead7e321c33ce916e66ccbd5c2acd8df150d4c1044c245916bdfc8bfaa4');
INSERT INTO keyturn_vault.witnesses VALUES ('acme', 18, '\x93a41a14a5a93214c52b5d76d96f115639fcc44efd455a9a4cb38d58d29d33aa', '\x9215f276d395c49b8cc78be0d2743d36fdeff1bc79f3a8451d9f4bab8bcb60c9');
INSERT INTO keyturn_vault.witnesses VALUES ('beta', 5, '\x405e128197e2eb352077b63320aaa9714bd8d4ba16cfa88c2112e6fac0e9e1e3', '\x2993be1d52192fd437a70baec94dc0953045c81da16cd735423998334cba7ef7');
INSERT INTO keyturn_vault.workspace_keys VALUES ('acme', '\x45609ca95b1eea17', 1795917990044, 0, '\x01012d68ecf75bf6a901d89757bd2ec16b4846479e794d84015dd9e5b5135983446b7cd6c50c23b27c3e3ee5a9a8edca31e30d43be618f539678d386bed8598832a99ef28baae27ae37926ef722d0c570b29275313a7cf3f7e484df67ae4f764334808eb7818ec55b2d7b288c9bfa82912f4', NULL, NULL);
INSERT INTO keyturn_vault.workspace_keys VALUES ('beta', '\x45609ca95b1eea17', 1795917995952, 0, '\x01012d68ecf75bf6a90185af8cde4fecda0f422b57f93a00d493effa8e36cec0acabed1f7f63c83bfabc67646bf066afbf0ec5e30b9f69ff9128aee5c72d7fd3360612f1fe89f137237a301a1ee94a076ee578eff732ac1d653a8ad43cdaf3216da19c097b72338506cf9a895488ab0c5027', NULL, NULL);
ALTER TABLE ONLY keyturn_vault.data_keys
    ADD CONSTRAINT data_keys_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_0
    ADD CONSTRAINT data_keys_0_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_10
    ADD CONSTRAINT data_keys_10_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_11
    ADD CONSTRAINT data_keys_11_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_12
    ADD CONSTRAINT data_keys_12_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_13
    ADD CONSTRAINT data_keys_13_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_14
    ADD CONSTRAINT data_keys_14_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_15
    ADD CONSTRAINT data_keys_15_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_16
    ADD CONSTRAINT data_keys_16_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_17
    ADD CONSTRAINT data_keys_17_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_18
    ADD CONSTRAINT data_keys_18_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_19
    ADD CONSTRAINT data_keys_19_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_1
    ADD CONSTRAINT data_keys_1_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_20
    ADD CONSTRAINT data_keys_20_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_21
    ADD CONSTRAINT data_keys_21_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_22
    ADD CONSTRAINT data_keys_22_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_23
    ADD CONSTRAINT data_keys_23_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_24
    ADD CONSTRAINT data_keys_24_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_25
    ADD CONSTRAINT data_keys_25_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_26
    ADD CONSTRAINT data_keys_26_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_27
    ADD CONSTRAINT data_keys_27_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_28
    ADD CONSTRAINT data_keys_28_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_29
    ADD CONSTRAINT data_keys_29_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_2
    ADD CONSTRAINT data_keys_2_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_30
    ADD CONSTRAINT data_keys_30_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_31
    ADD CONSTRAINT data_keys_31_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_3
    ADD CONSTRAINT data_keys_3_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_4
    ADD CONSTRAINT data_keys_4_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_5
    ADD CONSTRAINT data_keys_5_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_6
    ADD CONSTRAINT data_keys_6_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_7
    ADD CONSTRAINT data_keys_7_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_8
    ADD CONSTRAINT data_keys_8_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_9
    ADD CONSTRAINT data_keys_9_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.deployment
    ADD CONSTRAINT deployment_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY keyturn_vault.pairing
    ADD CONSTRAINT pairing_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY keyturn_vault.removals
    ADD CONSTRAINT removals_pkey PRIMARY KEY (workspace_id, ordinal);
ALTER TABLE ONLY keyturn_vault.rotation
    ADD CONSTRAINT rotation_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY keyturn_vault.sealed_secrets
    ADD CONSTRAINT sealed_secrets_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_0
    ADD CONSTRAINT sealed_secrets_0_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_10
    ADD CONSTRAINT sealed_secrets_10_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_11
    ADD CONSTRAINT sealed_secrets_11_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_12
    ADD CONSTRAINT sealed_secrets_12_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_13
    ADD CONSTRAINT sealed_secrets_13_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_14
    ADD CONSTRAINT sealed_secrets_14_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_15
    ADD CONSTRAINT sealed_secrets_15_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_16
    ADD CONSTRAINT sealed_secrets_16_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_17
    ADD CONSTRAINT sealed_secrets_17_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_18
    ADD CONSTRAINT sealed_secrets_18_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_19
    ADD CONSTRAINT sealed_secrets_19_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_1
    ADD CONSTRAINT sealed_secrets_1_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_20
    ADD CONSTRAINT sealed_secrets_20_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_21
    ADD CONSTRAINT sealed_secrets_21_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_22
    ADD CONSTRAINT sealed_secrets_22_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_23
    ADD CONSTRAINT sealed_secrets_23_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_24
    ADD CONSTRAINT sealed_secrets_24_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_25
    ADD CONSTRAINT sealed_secrets_25_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_26
    ADD CONSTRAINT sealed_secrets_26_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_27
    ADD CONSTRAINT sealed_secrets_27_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_28
    ADD CONSTRAINT sealed_secrets_28_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_29
    ADD CONSTRAINT sealed_secrets_29_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_2
    ADD CONSTRAINT sealed_secrets_2_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_30
    ADD CONSTRAINT sealed_secrets_30_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_31
    ADD CONSTRAINT sealed_secrets_31_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_3
    ADD CONSTRAINT sealed_secrets_3_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_4
    ADD CONSTRAINT sealed_secrets_4_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_5
    ADD CONSTRAINT sealed_secrets_5_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_6
    ADD CONSTRAINT sealed_secrets_6_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_7
    ADD CONSTRAINT sealed_secrets_7_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_8
    ADD CONSTRAINT sealed_secrets_8_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_9
    ADD CONSTRAINT sealed_secrets_9_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.witnesses
    ADD CONSTRAINT witnesses_pkey PRIMARY KEY (workspace_id);
ALTER TABLE ONLY keyturn_vault.workspace_keys
    ADD CONSTRAINT workspace_keys_pkey PRIMARY KEY (workspace_id);
CREATE INDEX data_keys_by_key ON ONLY keyturn_vault.data_keys USING btree (workspace_id, key_id);
CREATE INDEX data_keys_0_workspace_id_key_id_idx ON keyturn_vault.data_keys_0 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_10_workspace_id_key_id_idx ON keyturn_vault.data_keys_10 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_11_workspace_id_key_id_idx ON keyturn_vault.data_keys_11 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_12_workspace_id_key_id_idx ON keyturn_vault.data_keys_12 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_13_workspace_id_key_id_idx ON keyturn_vault.data_keys_13 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_14_workspace_id_key_id_idx ON keyturn_vault.data_keys_14 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_15_workspace_id_key_id_idx ON keyturn_vault.data_keys_15 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_16_workspace_id_key_id_idx ON keyturn_vault.data_keys_16 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_17_workspace_id_key_id_idx ON keyturn_vault.data_keys_17 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_18_workspace_id_key_id_idx ON keyturn_vault.data_keys_18 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_19_workspace_id_key_id_idx ON keyturn_vault.data_keys_19 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_1_workspace_id_key_id_idx ON keyturn_vault.data_keys_1 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_20_workspace_id_key_id_idx ON keyturn_vault.data_keys_20 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_21_workspace_id_key_id_idx ON keyturn_vault.data_keys_21 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_22_workspace_id_key_id_idx ON keyturn_vault.data_keys_22 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_23_workspace_id_key_id_idx ON keyturn_vault.data_keys_23 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_24_workspace_id_key_id_idx ON keyturn_vault.data_keys_24 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_25_workspace_id_key_id_idx ON keyturn_vault.data_keys_25 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_26_workspace_id_key_id_idx ON keyturn_vault.data_keys_26 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_27_workspace_id_key_id_idx ON keyturn_vault.data_keys_27 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_28_workspace_id_key_id_idx ON keyturn_vault.data_keys_28 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_29_workspace_id_key_id_idx ON keyturn_vault.data_keys_29 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_2_workspace_id_key_id_idx ON keyturn_vault.data_keys_2 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_30_workspace_id_key_id_idx ON keyturn_vault.data_keys_30 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_31_workspace_id_key_id_idx ON keyturn_vault.data_keys_31 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_3_workspace_id_key_id_idx ON keyturn_vault.data_keys_3 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_4_workspace_id_key_id_idx ON keyturn_vault.data_keys_4 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_5_workspace_id_key_id_idx ON keyturn_vault.data_keys_5 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_6_workspace_id_key_id_idx ON keyturn_vault.data_keys_6 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_7_workspace_id_key_id_idx ON keyturn_vault.data_keys_7 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_8_workspace_id_key_id_idx ON keyturn_vault.data_keys_8 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_9_workspace_id_key_id_idx ON keyturn_vault.data_keys_9 USING btree (workspace_id, key_id);
CREATE INDEX removals_by_key ON keyturn_vault.removals USING btree (workspace_id, key_id);
CREATE INDEX sealed_secrets_by_fingerprint ON ONLY keyturn_vault.sealed_secrets USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_0_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_0 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_10_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_10 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_11_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_11 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_12_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_12 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_13_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_13 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_14_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_14 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_15_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_15 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_16_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_16 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_17_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_17 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_18_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_18 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_19_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_19 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_1_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_1 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_20_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_20 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_21_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_21 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_22_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_22 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_23_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_23 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_24_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_24 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_25_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_25 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_26_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_26 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_27_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_27 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_28_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_28 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_29_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_29 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_2_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_2 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_30_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_30 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_31_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_31 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_3_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_3 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_4_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_4 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_5_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_5 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_6_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_6 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_7_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_7 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_8_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_8 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_9_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_9 USING btree (workspace_id, fingerprint);
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_0_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_0_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_10_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_10_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_11_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_11_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_12_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_12_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_13_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_13_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_14_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_14_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_15_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_15_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_16_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_16_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_17_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_17_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_18_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_18_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_19_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_19_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_1_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_1_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_20_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_20_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_21_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_21_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_22_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_22_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_23_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_23_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_24_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_24_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_25_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_25_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_26_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_26_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_27_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_27_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_28_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_28_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_29_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_29_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_2_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_2_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_30_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_30_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_31_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_31_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_3_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_3_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_4_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_4_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_5_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_5_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_6_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_6_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_7_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_7_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_8_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_8_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_9_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_9_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_0_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_0_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_10_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_10_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_11_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_11_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_12_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_12_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_13_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_13_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_14_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_14_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_15_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_15_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_16_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_16_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_17_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_17_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_18_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_18_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_19_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_19_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_1_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_1_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_20_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_20_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_21_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_21_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_22_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_22_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_23_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_23_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_24_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_24_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_25_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_25_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_26_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_26_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_27_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_27_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_28_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_28_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_29_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_29_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_2_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_2_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_30_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_30_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_31_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_31_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_3_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_3_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_4_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_4_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_5_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_5_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_6_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_6_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_7_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_7_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_8_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_8_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_9_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_9_workspace_id_fingerprint_idx;
