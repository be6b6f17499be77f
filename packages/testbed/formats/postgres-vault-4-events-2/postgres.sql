CREATE SCHEMA keyturn_vault;
CREATE TABLE keyturn_vault.data_keys (
    data_key_id bytea NOT NULL,
    workspace_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    sealed bytea NOT NULL
);
ALTER TABLE ONLY keyturn_vault.data_keys ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.data_keys ALTER COLUMN sealed SET STORAGE PLAIN;
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
    CONSTRAINT deployment_master_key_kind_check CHECK ((master_key_kind = ANY (ARRAY['file'::text, 'passphrase'::text]))),
    CONSTRAINT deployment_only_row_check CHECK ((only_row = 1))
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
);
ALTER TABLE ONLY keyturn_vault.sealed_secrets ALTER COLUMN sealed SET STATISTICS 0;
ALTER TABLE ONLY keyturn_vault.sealed_secrets ALTER COLUMN sealed SET STORAGE EXTERNAL;
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
INSERT INTO keyturn_vault.data_keys VALUES ('\x3bdce83c99df26f4c2006a5cd9eb4c2c', 'acme', 'eba706ed-e7db-4597-99c9-a7d699a70171', 1795874522947, '\x0101c02424ed1fdb949b91e2e8059622237d421e3b0c8d1564e36e204830e851aac6e56a3c698ff36583c1670dfd331996980d1ff1febd24656bc0f61fc567a8d8df29e89195db92adf8ec978e159005f7d8e529d695103bdd5bfde24929fe489c8114ed503ee7aae562b3ccd270fbd52299');
INSERT INTO keyturn_vault.data_keys VALUES ('\xbd0da82bd2f520cf4871c63b82aedd10', 'acme', '9db1d23d-9a76-4a00-a172-3852913e7e2a', 1795874523035, '\x0101c02424ed1fdb949bd805f88e56a34a21c810ed7afecda9be7fcf96580b7090c77fec4421153356f3838a6bffdfcc42a867e09c03342aafb24510bc22daea90a7add8389ed637c7767bf13ee9034694337fdeebd97807933e4cdd9267a805c770e85a5cb9a2623351a320b57b78a367c9');
INSERT INTO keyturn_vault.data_keys VALUES ('\x40112d4d856094a1ce497c905c4633de', 'beta', 'e9daf1c9-6af8-4a80-ae28-a137ac1c6c27', 1795874523697, '\x01013e1315e1e437fffffa55510aac73dac2f2bf0ec62139c4db929d99ce19248f21f385537d8be25c8ee10d933c0758c512ee350ff9c877e7efd5a006e511958169a84b03781d0c8ec505360d5b208186cfaa9aaf0e084234730423702d18e1ceed7a304b0b1ed7da518bc7fe2af53177df');
INSERT INTO keyturn_vault.deployment VALUES (1, 4, '82257ff9-6e6b-4369-98e9-774612629342', 1795874522779, 'file', '\x45609ca95b1eea17', '\x01017cd187a7c3cd3a45a1ce1d0ba441d5bb09a66bb01ed6e48132e7d1a2032253839411e35bcf87709e092f0825d240b74bbd74737e1cca4b39d128e9c9bc37097adf1058d38bf7b2a148d145177603e57f2e5ce66e978ced38cb471d1aac7a50460ef4', NULL, NULL, NULL, NULL, '\x0101c1b7c5ea3a3f252a1ba0151b1651a6879de767475bc9e40c9370c06195b97c1bab3855e6520ea081f2d41dc0d98b35ae3447667943c48c078b6f13da6a422008f6ce17497cb9ef9b60c7b328267a90ae84f54fc45440e96efce8513b71642e33bd7b15dd3dc391bb5f8be475ef734b49', 1, '\x0101abcb762db41f3b2e7e4848f17941cde3d5f4bcdbac744082d518c6162dc43d5b64acd2228cb3efca61ca0996e39323883a2a747d8b8dbd5c68bf627a1df3ce1fbf25f53037fe736885743a0c978f40ed62398e476dbb9c2541f8a04905420faf1d5576775d8194cbc372e91fb23d4ede', NULL, 0, 0, '0.1.0');
INSERT INTO keyturn_vault.pairing VALUES (1, '5c60f226-88fe-47cb-8380-6c01f2cf4c21', 26);
INSERT INTO keyturn_vault.removals VALUES ('acme', 0, '98b3f15e-f98a-4a6b-9cac-7ed1537cb25f', 'AUefgCUNl9s1yfUpet1xVfTf7_rsUNEasTD_Rep6JXb6dlk3bA06Phw', 1, 0, '\x0951e339aed3d1ee2b0bd446c69be24a539926d6972f319032106b5c73fe214d');
INSERT INTO keyturn_vault.removals VALUES ('acme', 1, '8fcb3874-118b-4452-ab3d-336978e6360f', 'AUefgCUNl9s1edNQyVvuFa8S5C7xbmzg4H7bpJjI_LT8WXE8uB4yyjU', 1, 1, '\x2327c7d899632160ac265f7dd16dfc5d160dc25717036d4cf6957a3fe43d519d');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('acme', 'eba706ed-e7db-4597-99c9-a7d699a70171', 'AUefgCUNl9s1_nrUXwVKYG52sMV9Br-3hUnb9UnJdJysxPI_FoZyfek', 'live', 1795874522947, NULL, 1, '\x3bdce83c99df26f4c2006a5cd9eb4c2c', '\x010141146411f487b7b8869cba63fb8d50f533ad58ec3718c467113e1e4e4c8475b1c9ffad05cdcd5930dc0e26301cc49a08cf117a629ce721baeb1f85fba6945ebf5d41f55a283b955b6187c8501c70f1a6d1354798380d1800ceea07ee1834eeab8737676d4842642ce4952f9da17408524278258a04f45991cfe68f6ba3c02a5183eecf3b015ffa01e67be28d6a13615838e9114f17c0f63a97fc03982fa23fb4add80159bcd1319dcb844538aa399336f177a1996ccc08c9cb0052970f7e6c02113f1055924fe8b90e3bb40ca932e3b839f3051f7382f9ec4539e41a601a693aaa483917c9b83a31d07350cb932a909db20f948e058874774821d2f4fbc0f8679c962b0fb23a1d6342b5fbb9f897e6a94d9bac047052ca4bd268f7fa0b3fa97d923419de042982226b729f4c1ebc4e691f5988ebf1130eb4a7ac919040fd258a94a659e618ac412b59f7f23697c2c2fd');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('acme', '9db1d23d-9a76-4a00-a172-3852913e7e2a', 'AUefgCUNl9s1EdPCSIhOHKK1dob59SErayaErPEkZ3sS4Plc1gAh_EA', 'live', 1795874523035, NULL, 1, '\xbd0da82bd2f520cf4871c63b82aedd10', '\x0101e4da3603939f7d42d030904a9fd96bb1423f63c4c269153e45359df7e1131773d8f73e93cd31bf78c53f9f8f184e7991b1badfa52c620c970f687eaa4e677fcbc82b7c9b6765665bcb8f3f62bd7aa94df31034558ef51acdef2d67c5a560f01046e0f1d7f8656723ff511ca9e1de521d776b8f90e29201aa5d7e0b9a21287305bd5da8aabcd7cb485698a161c2e0ec94a3e563226ef201d015fb3d6053193cd8d4c4c9917e2324b8ee1a99a1af5b68f3fe0058e2865969b90cefa0181601fab1697826ee49d17a1b33afd2120e594665a3d48339be35872329800fde2659059b11b89e4aec3c220c3faeefef7e25d927c3892232eba1e1887a8e28cd98ae29b69c22772562fa04a297dd65eaa91f09b3ae2031ab5d3e71c549cb9a349b9eb9b010b20f0cc1eaf93c707002a6a69f903837c5feae7194e6a035bdf0903bc61834dd9bb562ad345bd80c5fbb731c22af0e');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('beta', 'e9daf1c9-6af8-4a80-ae28-a137ac1c6c27', 'AUefgCUNl9s1Nj97CqMzyJpNjCFCwNHVZ4y0lOWQTfCMtMIS__g6cWQ', 'live', 1795874523697, NULL, 1, '\x40112d4d856094a1ce497c905c4633de', '\x0101844ff35a69366fbd98171f1833502fec31102e8000ae1925bd857e50b97871d004e7f5a3ba1abcdc21c21b8e4899180fae670a32289095f0f8f7887d595fcf8acc0fbc925a6ed068a472c3c324769cb26b7534870c06bf4726d93a3dbf28d291f0078393195a8f6e4b7f98378c47febc1e007f9c111cd88b59b390409d7387b93308e3dfe2c314d20c07ff16eb6a933af2eca6e37ce42fc0281afa3329cf8a350e0cf6f6ad702a442607b3f80928d78960ddb1618f66a181c1167ac0ee5499b31e796f5f8a6c7cb8855f637eac77f7ea3ad42950983bb5aa5397c01ea9055d9c15d19bb7fa9d9a0c1f4dd9815e5b766f7593d2f3e4b90ec026a065d9dbf7a18910ee8d7e2bf92b2aa77a7d04c8b1a119180fc1ee0fc4fce2753f53f7e85c7ecb177093b7e306546d743fbeffbcdf3fdd6b9fc8b4f563a724e1706b7e9db7aee6158165ebdb96e0b2a22f1d83963a7a72');
INSERT INTO keyturn_vault.witnesses VALUES ('acme', 18, '\x2dd056061ef37c71091bfd991a11e377bc33bebe653fd66bad6a3cf6516a8dcc', '\x1d56301361c0fd8a2a6cd1528f77931d367fcead0cd1d090d009b058664b2679');
INSERT INTO keyturn_vault.witnesses VALUES ('beta', 5, '\x55f6a3a6972b33dd0f5902d5e7d48e563c1b3d6250b7d6a44ead50719ea0844a', '\x2b5af93e34a2797817903b78da057a66340b977ea3a310bf41c8fae9abe174b4');
INSERT INTO keyturn_vault.workspace_keys VALUES ('acme', '\x45609ca95b1eea17', 1795874522932, 0, '\x01012d68ecf75bf6a90110a43d890bf1bf8f712903180feb7135cc5052a29d7661749251223d173bc4eff91e96347c7aa3cfd80de9cdd1c2b7e27d7439e818737a5277a0e27e4981171a8befdc86d53d25fa41ad8f5d3102ad45f98c67e9477c93a67e1f7e50f26d38d1834ce06884b9f8f9', NULL, NULL);
INSERT INTO keyturn_vault.workspace_keys VALUES ('beta', '\x45609ca95b1eea17', 1795874523685, 0, '\x01012d68ecf75bf6a901bfa27352f3db1d8e32c08b36c3130c16bea7baa1bf6c122ad6417cae64726073ccf832b08869c585fd05c3d2635f83318fab0df0224bee2abfb67bc4d6ce1a994de0bc715f7ce1efa763776528d624c67cbb808729974c41877e0769aceaaa5f1555e28fd804fc2b', NULL, NULL);
ALTER TABLE ONLY keyturn_vault.data_keys
    ADD CONSTRAINT data_keys_pkey PRIMARY KEY (data_key_id);
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
ALTER TABLE ONLY keyturn_vault.witnesses
    ADD CONSTRAINT witnesses_pkey PRIMARY KEY (workspace_id);
ALTER TABLE ONLY keyturn_vault.workspace_keys
    ADD CONSTRAINT workspace_keys_pkey PRIMARY KEY (workspace_id);
CREATE INDEX data_keys_by_key ON keyturn_vault.data_keys USING btree (workspace_id, key_id);
CREATE INDEX removals_by_key ON keyturn_vault.removals USING btree (workspace_id, key_id);
CREATE INDEX sealed_secrets_by_fingerprint ON keyturn_vault.sealed_secrets USING btree (workspace_id, fingerprint);
