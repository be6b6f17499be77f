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
CREATE TABLE keyturn_vault.data_keys_2 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_2 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_2 ALTER COLUMN sealed SET STORAGE PLAIN;
CREATE TABLE keyturn_vault.data_keys_3 (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys_3 ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys_3 ALTER COLUMN sealed SET STORAGE PLAIN;
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
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_0 FOR VALUES WITH (modulus 16, remainder 0);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_1 FOR VALUES WITH (modulus 16, remainder 1);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_10 FOR VALUES WITH (modulus 16, remainder 10);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_11 FOR VALUES WITH (modulus 16, remainder 11);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_12 FOR VALUES WITH (modulus 16, remainder 12);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_13 FOR VALUES WITH (modulus 16, remainder 13);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_14 FOR VALUES WITH (modulus 16, remainder 14);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_15 FOR VALUES WITH (modulus 16, remainder 15);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_2 FOR VALUES WITH (modulus 16, remainder 2);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_3 FOR VALUES WITH (modulus 16, remainder 3);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_4 FOR VALUES WITH (modulus 16, remainder 4);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_5 FOR VALUES WITH (modulus 16, remainder 5);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_6 FOR VALUES WITH (modulus 16, remainder 6);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_7 FOR VALUES WITH (modulus 16, remainder 7);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_8 FOR VALUES WITH (modulus 16, remainder 8);
ALTER TABLE ONLY keyturn_vault.data_keys ATTACH PARTITION keyturn_vault.data_keys_9 FOR VALUES WITH (modulus 16, remainder 9);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_0 FOR VALUES WITH (modulus 16, remainder 0);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_1 FOR VALUES WITH (modulus 16, remainder 1);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_10 FOR VALUES WITH (modulus 16, remainder 10);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_11 FOR VALUES WITH (modulus 16, remainder 11);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_12 FOR VALUES WITH (modulus 16, remainder 12);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_13 FOR VALUES WITH (modulus 16, remainder 13);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_14 FOR VALUES WITH (modulus 16, remainder 14);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_15 FOR VALUES WITH (modulus 16, remainder 15);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_2 FOR VALUES WITH (modulus 16, remainder 2);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_3 FOR VALUES WITH (modulus 16, remainder 3);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_4 FOR VALUES WITH (modulus 16, remainder 4);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_5 FOR VALUES WITH (modulus 16, remainder 5);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_6 FOR VALUES WITH (modulus 16, remainder 6);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_7 FOR VALUES WITH (modulus 16, remainder 7);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_8 FOR VALUES WITH (modulus 16, remainder 8);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ATTACH PARTITION keyturn_vault.sealed_secrets_9 FOR VALUES WITH (modulus 16, remainder 9);
INSERT INTO keyturn_vault.data_keys_3 VALUES ('\x262191c7397a9e2e8818eecaab2e869b', 'acme', 'b06cf406-0e68-40ce-a5e8-2c2a73cf9ace', 1795923582678, '\x0101ccd3432ead4cc6a646af1e9fb2472615947d516bbdeb48d400abde4d17912e09497c72ac92eb9ecfa983c683205c5d74c2abaa264596f85d6a2c547b3fbeef38e86ce40512bbc1198aa81d782923fd4db7c6dabaab977d1757827803d2e70a21b508163aadf38b99325d86fbde55a471');
INSERT INTO keyturn_vault.data_keys_3 VALUES ('\x80fb46a2ec78c698ae2acc369f5b982a', 'acme', '23cb3bae-b797-42b0-8f09-adcfbf97ba5d', 1795923582706, '\x0101ccd3432ead4cc6a63fcfb85214f8ee79ee2dea505c0d54b2916c273e8f0c61d4e73f0de77498e8f59c514c10364b5842904eccf90f0750d263c2b3519e4b5b1637266c5d7d1a8b8414f9b86f7abfd1aaeba9b3ffbb6edba6a3f282afaeb44de38f333689ebaca5ca6024619769d28531');
INSERT INTO keyturn_vault.data_keys_8 VALUES ('\xeec0c5ec5948c35bc6e6d40b70064585', 'beta', '9fc57138-a44a-45c8-bf54-5130561882de', 1795923583260, '\x010168841a3ef3d0827c8f258185f5b5ea141bb4ee7708ca2a5edbd6587886eaf1fc66daae0121ef082cca4bbcaf937c41dd8652cd660bdc5105ca7a4672b5cd3597c33d1210b7c61772ec25914eeea0beb1cca7f38bda5d0297bcc8b928b5829fb6171352259a6065b3858984b22d413038');
INSERT INTO keyturn_vault.deployment VALUES (1, 6, '871c077b-11ad-4f8b-bc30-db57b9172487', 1795923582421, 'file', '\x45609ca95b1eea17', '\x01017cd187a7c3cd3a45199aed303666c6de1a3017a5af50189ac005c885a398f8ecd85add71bb7398c4cb570f9f01495887b2a56f68b78d9efcec28f12f26fc19071ce38d342747ed5d08a75dfe6b6024704d09430c34d991993cf1c02ec626eb224405', NULL, NULL, NULL, NULL, '\x0101c1b7c5ea3a3f252a1ecc881fd5cb1f2d78fc41ade681f8807d2f26b43dc7e26638cc823916307edd3617529187eff183e142a35092abe3276dafe4c6c2a339dedf3e4ceb995adc7ed8721c79355d9d1ade0413c8b0074ced96de72fc02adfa2670c802c2f87f1e9a4a7af3142d1209b1', 1, '\x0101abcb762db41f3b2e7823c934b76a32bf56ad076383c5fb1be2f1c7b1ec8b9817eeacdcb78bc2aec37c12a5cfc03506078c3d4f285bc723bc92eae9db577ff1773ee3d73cdef0d966ebf90f1483660086fee3e4fd4591e38043e0285c79ee3e363e30880d39b8d4b55931353b92e4b3ba', NULL, 0, 0, '0.1.0', 'erased');
INSERT INTO keyturn_vault.pairing VALUES (1, 'b550ea3e-6f5e-4b4f-b1e9-2d746474aa34', 26);
INSERT INTO keyturn_vault.removals VALUES ('acme', 0, 'afad0c0c-42ad-4d07-8537-c10b08851632', 'AcAsSsadMRb42W25zKR0gvwm0rq_neEyX4-a8MBW6Mkt_GLesIkbbo0', 1, 0, '\x9ae269e35330eb6aa4c5c8b4e5a2b4005743adb232c62eda82fecdadb28a4bc4');
INSERT INTO keyturn_vault.removals VALUES ('acme', 1, 'da88684a-9c98-499f-b159-ccc1a594e294', 'AcAsSsadMRb4VhbXe74nTw_zDVokVkRVWQwPzmiTgesOJgoreVS62P8', 1, 1, '\xd77aaf4e0ecf7ef3d644bf1e77d6258626c367825fba269aa2006b44f507de44');
INSERT INTO keyturn_vault.sealed_secrets_3 VALUES ('acme', 'b06cf406-0e68-40ce-a5e8-2c2a73cf9ace', 'AcAsSsadMRb4--YA2vmwg-t60_Y4Lx5b5PuwCokyLEYaHi9YEPpHH44', 'live', 1795923582678, NULL, 1, '\x262191c7397a9e2e8818eecaab2e869b', '\x0101a1995e5468f9845e60bcd539d883311ed5c32728f34f89defaee2af8f1aaa9c3f43c83ec3c21874e8c8fe10ee010219ddc32fe35c2887f5304ef1531b625d2dad8dd0931c67596dd1232610fafa03d9ed894db42562af87893cc0e725f1db1bba756bdbc9907801975ff6362c47b64e03c37a15a6f9aa00456457328bf099ad3c3408aa32ad2b439dc09d8fcd5cbcb2b5a212531e2493f86cc5e5f6ab392f52b0ee3c6070da46f6df4f65ee0e0ef2cf05d9ce7c02169a9d726c41dcbc769f221795d8ab23560c624b0beb59fd6fb90de1a9bb98479baca481d3188e6b892a099c28db0ed84aad96fa3e649b9fdcd3e7cbcf6b45498bf9f18bcf96d8df238db2d98aae191f8644d1d27137b0816a15b6022d4937652f163789cbaaaad5390b6a6ed9aebb450497ad72ed5d3ec87feeef32157dcaf0089aa68c4f800137f7f6bfd29948978057459d02388463c04e9a4af');
INSERT INTO keyturn_vault.sealed_secrets_3 VALUES ('acme', '23cb3bae-b797-42b0-8f09-adcfbf97ba5d', 'AcAsSsadMRb42pFW2F5Vo2WxDBtn3dEokqWY9ALIYEkWxACMxAzkzFM', 'live', 1795923582706, NULL, 1, '\x80fb46a2ec78c698ae2acc369f5b982a', '\x0101805f5a89b3d819428ed473e34ff0f209edeb20115ca34ee2abe090ade8c15131d13c1c62170976a9fcb454176660fa839af3fda64dc9715c19414cd7ce33ba80a66a5a7d7577bc59abfe27edde46d8767c65f4dfe7e800574e080b5090fc55f6d3629aec28b50a124752bdc5a65a57249197cbdc1b596c54d2d71ebbb658190e4441835d44d62ebe7f72a1d75bf6bba0b7f18316527d77a49e06161d3b713386b20d881397ecda71ba92e5b4e2d31c354edb78551b2a49535b5782627bbc1b67f05bd149c49350e89c4d0eade2e25a07e6f9acf96c6452e1fe0fbf52e21d81e6b9b1bcddbd0bd2078ec9a26d889b7e22c4657bdddfee9c58cbfbde6a567f6ae5f0d85a246ff4e8f84f9b6c8c607ec7731ea2f87a2dd3f7aa1efacad323250a8204666bf216a72d9206053e2c973ecd463699651fd277184b8c5d9eb3edf16e181e14276fa3468e9fe2809eed598dc100');
INSERT INTO keyturn_vault.sealed_secrets_8 VALUES ('beta', '9fc57138-a44a-45c8-bf54-5130561882de', 'AcAsSsadMRb4VOAFX2Znsfim7L5cL5r992vsgrL6uUFJBnd2oynGo6c', 'live', 1795923583260, NULL, 1, '\xeec0c5ec5948c35bc6e6d40b70064585', '\x0101a91fa3de286e20405497304257492a2adac2642b4cdf6313d2ec2fb5781fcf499e7f0a52c4ba9456929d321e3ece76209637423a35aad3c2e4e8ae92a61a9c70c6b1701efc5d891c94aa5fb9a8a94608123e692c60d912b44094a00e041fb5a454a649d5bcd5722c3572557e9c8401efd75e4e1b067296a06f03b24ac78615563b1c28025fe7f9b0fbb007ede46deade29dc43c6d277f76c63e492d54a5376460ace8ce87ffc9a98a91f5a8fc436f03df21c12ade757b5e41f3b11c801fe6c0ba6d934a691f65a00d7bfb8d55f8fab3fff067e9f4305f6bdee4418c798a2a3c712b3bae71bdf936d213fb6e58db60ef1b475c5255ae6a46b85476cb518044ce58d5201869806284f4f196a0be555816b728bf1bd33710f7fcae0edcd574188ff20e171f034ebfbbbd7583394ee0bff9fd1e6d53aa4360ddab463a8e866c44decc2e23c6299f12b20ca4478380b1fd94e');
INSERT INTO keyturn_vault.witnesses VALUES ('acme', 18, '\xde5ec5128c101fd83f86971e92e8b1ac3d527e4204b0f8c02fd751cf6899b6ad', '\x289ab45fed511fe7e2d16184137d61388e867e6bacf0c68b95380b94ed4c2bb3');
INSERT INTO keyturn_vault.witnesses VALUES ('beta', 5, '\x34369605f79ab34281bac03eb030d91ca9ba63f00b59e0d08a3d26ff4f437a9e', '\xd72c3f378592924e8ca026c5439554b5acdd5dbff9b056c4bed65995178b791e');
INSERT INTO keyturn_vault.workspace_keys VALUES ('acme', '\x45609ca95b1eea17', 1795923582662, 0, '\x01012d68ecf75bf6a9015d0024ef3967be7ca819dbd0d393967afefd8b8d727a54f0347c180cb08818958fd08c4143b1bbf29c1cc8013c55ad06e04e785ecf729c5abb4e3ea4a33cceae2a8e6962450950efca87ecfc76802bca9313fed52452d982c507e2386168cdd80ebc205c9c92c668', NULL, NULL);
INSERT INTO keyturn_vault.workspace_keys VALUES ('beta', '\x45609ca95b1eea17', 1795923583251, 0, '\x01012d68ecf75bf6a9015096345ad631d9f4fb9c79b03e967a4cc3244f3261660f50bc55ce5a0dee87a4f12c950a09928480a0da8babd7d8fe0ca97dab0b4c3675faa1708a78c206c4f70d6e61a3c54ca346631b9eb032ed39f61179a07863b430d4e6bff303d5ad8b41ed38e32c2d5dffe8', NULL, NULL);
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
ALTER TABLE ONLY keyturn_vault.data_keys_1
    ADD CONSTRAINT data_keys_1_pkey PRIMARY KEY (workspace_id, data_key_id);
ALTER TABLE ONLY keyturn_vault.data_keys_2
    ADD CONSTRAINT data_keys_2_pkey PRIMARY KEY (workspace_id, data_key_id);
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
ALTER TABLE ONLY keyturn_vault.sealed_secrets_1
    ADD CONSTRAINT sealed_secrets_1_pkey PRIMARY KEY (workspace_id, key_id);
ALTER TABLE ONLY keyturn_vault.sealed_secrets_2
    ADD CONSTRAINT sealed_secrets_2_pkey PRIMARY KEY (workspace_id, key_id);
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
CREATE INDEX data_keys_1_workspace_id_key_id_idx ON keyturn_vault.data_keys_1 USING btree (workspace_id, key_id);
CREATE INDEX data_keys_2_workspace_id_key_id_idx ON keyturn_vault.data_keys_2 USING btree (workspace_id, key_id);
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
CREATE INDEX sealed_secrets_1_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_1 USING btree (workspace_id, fingerprint);
CREATE INDEX sealed_secrets_2_workspace_id_fingerprint_idx ON keyturn_vault.sealed_secrets_2 USING btree (workspace_id, fingerprint);
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
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_1_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_1_workspace_id_key_id_idx;
ALTER INDEX keyturn_vault.data_keys_pkey ATTACH PARTITION keyturn_vault.data_keys_2_pkey;
ALTER INDEX keyturn_vault.data_keys_by_key ATTACH PARTITION keyturn_vault.data_keys_2_workspace_id_key_id_idx;
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
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_1_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_1_workspace_id_fingerprint_idx;
ALTER INDEX keyturn_vault.sealed_secrets_pkey ATTACH PARTITION keyturn_vault.sealed_secrets_2_pkey;
ALTER INDEX keyturn_vault.sealed_secrets_by_fingerprint ATTACH PARTITION keyturn_vault.sealed_secrets_2_workspace_id_fingerprint_idx;
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
