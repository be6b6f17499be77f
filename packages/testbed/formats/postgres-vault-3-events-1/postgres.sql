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
INSERT INTO keyturn_vault.data_keys VALUES ('\x747805454be2520a0e6070ab26bb7284', 'acme', '7c6351a4-da5c-4497-92ba-71230e4ada66', 1795873672017, '\x0101ed37e453cc6801f2c28ddc6bfc79a9a38e68953bba0408888b3f5e6e53ad1f47c2193b3357615e9c4f9661976d3893b99226fbe66092f42031e8be667f918be9de2c74020fe3981ff1cd1d30d797219941e7529d21930745cd0f3d838e6a618666c7a785d973b1f262a1c2faacf0a4ce');
INSERT INTO keyturn_vault.data_keys VALUES ('\xfd207c0e9c32fd57a75a8edc2940f9db', 'acme', '5855eddc-2782-410e-9eb5-1f4e3b7ba575', 1795873672094, '\x0101ed37e453cc6801f29626b1a57062a99d30305397115eee8e67adfbb7578fd37b57a393d195a8db81fafbdfbb406e8bc28ab4a8d407bb73cdecc4f939a429ac5882f460b7014add5734aab9b3d2572167789d786ecf0830fcbd4ca2bad0053dfb68d49620ad3e88d2f527c54bb7c2ea26');
INSERT INTO keyturn_vault.data_keys VALUES ('\xf481d79fc821d335c3b133c5374a76bd', 'beta', 'efecbcbd-e779-4ab4-a807-3eb79d4f888e', 1795873672324, '\x010118973484de5ac6db9c5ed5349972b53282b32bf56ae67e387a5acf19e073ecd71eac42e8d2c87e5541c3c32b703181b70b9f4c7822022569d718efb5bd3f8ad7a7b252b578b9b3929c54db789f24e3111f12e51ce4217300ca3dc8659f02e915f81093491737e14c6bfccd21a8deef0c');
INSERT INTO keyturn_vault.deployment VALUES (1, 3, '6a50e464-ac8d-4db5-a345-7881b9349fa1', 1795873671885, 'file', '\x45609ca95b1eea17', '\x01017cd187a7c3cd3a454dfbb8a049454ec2c72f56dbcc882711b47f09cb718978d615a24a8de9e8023eb564b6c302a6a5bc0247c534aa3b07b42e64f49e8dc7c34d90bfd6f29b35a80d8ccc189ca4270568a59b54fdf3d70f6bbe364cfc185ec7c8a8e2', NULL, NULL, NULL, NULL, '\x0101c1b7c5ea3a3f252a7e7308ce8fbe9bb5163d410162c7e17595bf4c064d7dd5ad82929c89015f9b12d6550ce024eb14a9370eab563aed9449301b7a19bfc42956cb3c2ed831683361f1c68db2aaf490f8d01576a96d6528882e17562d39cd102aa389323c1c2b5735e5c80ae42716f250', 1, '\x0101abcb762db41f3b2efa16ee36e784e03b58fb70ab38baaf071c319f502058d08ab9e4f93a9c7cab48f45ed58c61080e178d9e621da7f864fb3227a3ca52c033b87f57f71d69a6fad8ff7075da9719368488438add8a46409f611ad29be024d5342071ba4d7869cfe8f755a0ef9779561c', NULL, 0, 0);
INSERT INTO keyturn_vault.pairing VALUES (1, 'c64716f4-87f0-4502-ac1e-96f5c42abdf2', 26);
INSERT INTO keyturn_vault.removals VALUES ('acme', 0, '09c0a307-6af3-448b-b55b-cb7430e2c1e3', 'AVyJuDNLCn2_d_4UwDfddASv3MclMUuqLgSvHoXQb0YCE2fb15MkdQk', 1, 0, '\x5ca4cb5e7b6993d99afc2a9fd9581049e5242edd45fc75f1d95043d584930b1e');
INSERT INTO keyturn_vault.removals VALUES ('acme', 1, 'c08517e3-d04f-47ee-aeb7-3f45d5b4fd25', 'AVyJuDNLCn2_OKXKSCh4kL7gn8a1Uz4JD0pKsc2ktHet1XPOBJcyyjg', 1, 1, '\xa7bdedead4cd6c56bd5e4e96da735b715c8150b83a4d98d502e44a2ca35f7541');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('acme', '7c6351a4-da5c-4497-92ba-71230e4ada66', 'AVyJuDNLCn2_9t6yJBTiRrTmKSMA3yAdRN9ptbrLEue4JpQ3_GGmuKM', 'live', 1795873672017, NULL, 1, '\x747805454be2520a0e6070ab26bb7284', '\x0101a22b8634070b56652a615314d74d3830fbc14f2d575950d186c49dd13bfaea7f1efef5e82c821a3b1017264c002d9447adca753eae753612a95dbec09bdfeb470bf6452dacdd55e06b622718bb66676c1f2bc393e9f4fae115cb3a4a482f95e4ddd54b1a93998c43a4d292be03fbe6aacb2920cd7335d0ce094039c976c50fd2fd439cbe942540de55f87246495b654c54053021ac4ab24b6e1e1bd51305300d14fce3e73693cc5f8dba17b3218557f301d8bbc3624c1b55881cf3d8883ac5bb7ad5950bab6dba4b5cb17a3e7f0e39de3c22a7382080a7937ef1e1ee43dda1f3dbf3a8ed5c3f8bcdc9331f5fae431628efce1edce057276df92d9389ca2b8f62c0859069ca3e093e93842c2015aa38e13963c6e6fc2053796d58cf6130787e5db721ae022c1efa7229935e4346b70953cccf11b99f2101f5194aadb4d7ffef63937723247cab47cc8b15d3d990f504c7');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('acme', '5855eddc-2782-410e-9eb5-1f4e3b7ba575', 'AVyJuDNLCn2_vUq23EXCFIjkJJIhRWYAVcEwjnPQEaNyIzGB2Vu8iCc', 'live', 1795873672094, NULL, 1, '\xfd207c0e9c32fd57a75a8edc2940f9db', '\x0101f5119815c51ead94790f2acc0e9a51cb9e47227eab22b49060e3fb377d0e9c3255e428e600a6247737c7a1e26bce07be7ea0eaa89d5f775dd3995f260df50e1d5914c954d1659ba1975fce9303f98c0a89e86397bb321294996d3f79e7f9dcf23dc87811a92f0f0ea49ee50d4f55f6d2887117610ff0bcac4f0554517abc69a4b6d8c3bb2fae03824ce0a073e03b2934ba7cda4b4b6fe28328395196103d67d1a86f93856eca853b1ca2395a503701ecaabcb433c1e5ff6ebb633b6a7cf3f34439db1a2b131f412ecfb92c83ba0a628bc024f5fa9244f6d25d3da4f2ad1c2e484111b7812ae0c3fcb17484bc669f9e57c5544969b850902f40be48b8b831c401dba0cc5d9df9c37abbf30825ec3c357c23946f19b013260d767274f163d8a93e3ae047416eb38622e68aee081c52dde3f0f769d094e4e96fd3bff428b73900d99f2acf3bce668485b3622ce1cb10848b');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('beta', 'efecbcbd-e779-4ab4-a807-3eb79d4f888e', 'AVyJuDNLCn2_T2unR4Wfk7MJw9lbhEIwDGDoY5iCM26-jdnuAHRRe4c', 'live', 1795873672324, NULL, 1, '\xf481d79fc821d335c3b133c5374a76bd', '\x0101715b5a0b09260f101c2efd3a897b6531554e3ceaf7aac9a5a527545495d23105a758fbe32183788de8685484764bf24b4b052415d708823ac032af751ead790e0519f7e443e5598a26cce88526161a9aa07751cc37b32411439c1c12972617fd06dad1ac47ec7000519ae29ce0fc75e186529b5d1c9b4ce26cde1a88db5930b410f53b10bd9d2895fd0e4e9ec48dff969f4688327ee6bcf8854ecf266d8e63bad033041428bd628fa992edc42891e5a7f819017a0e293de9fefeeb2b4a675b49d607375deb595e4007258747b6c9d77b2fbcda769a8a283c8fbc86759ebd4fbd0028ff27e1dcc57060e6eab1484a048ded3a0245d963863163877fe31c6d822aebbce73fd6e0078787eaed4b1a69931a817ed86a58430bba7bde3a8dc2b4a67fa9eb3df35e908bff2e7af6e126025378fdd551379f1e44381b1d59c5b8c8e20a34377b3c9871ce0bc9d397123e6eb3bb');
INSERT INTO keyturn_vault.witnesses VALUES ('acme', 18, '\xbb1e469e6f67a033d062fd07f9756cdc7d4ac424bea5e9804e63d48cc74c9a3f', '\x369687c7925c1ee06222e7b948fca7c542698dc1cfe34b4fb0fc8960e96a258d');
INSERT INTO keyturn_vault.witnesses VALUES ('beta', 5, '\xc6078ebcec8916bb8773e4a67fb246f43c4fd594d1b6838a000a3d411422b1cb', '\x5525268b73bb71dec4d6cd230881bfacb63711c07e605f37370a1de0ae704191');
INSERT INTO keyturn_vault.workspace_keys VALUES ('acme', '\x45609ca95b1eea17', 1795873672012, 0, '\x01012d68ecf75bf6a9018842ca33e70317f5b69bdc0512a0e1019fe598525ed89b26c3bfbb6241d6d0bce050082b8f3af4b268637a62240273997a91a1d4fed91e1a041c7ef755bd012bfa1eb648cded97d12d71f98d52e185e4d86436f169f07a123c8da03ca3036ff6ccb0259b1a64cca0', NULL, NULL);
INSERT INTO keyturn_vault.workspace_keys VALUES ('beta', '\x45609ca95b1eea17', 1795873672321, 0, '\x01012d68ecf75bf6a901f312f92b470569d80bc5163e6587f812e396bdb1ef38dfef4a2134d2976ada5b79cce94ddc155bdd7149c7c5043dcee217e10926696464988fff44ad1a340f14b6aec93464b855788af7c22ac0ba501ff9cb053ba39bc8a6b32a69e7cf4a1dea0cdd6ff3cec9d775', NULL, NULL);
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
