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
INSERT INTO keyturn_vault.data_keys VALUES ('\xf391bb29abf17d0e9073c3a40414e71e', 'acme', '66fb9c27-9736-451d-8ac7-0f2e802feef8', 1795889271357, '\x0101c160bbcec9e58ecb6b926ca167072efb68b0fdf999a0f7d3a97c6182d73a84bafd091a9f09f87127155330c9339e8877540e10141f526ff97c2fe8df17c7b6f61c613441344e6d7277cb15805182f3be900425581fe463d64fcd02e1a0d584060cc115716f859b7cd94f20b695cacc6f');
INSERT INTO keyturn_vault.data_keys VALUES ('\xccfb7a9cf7bf138cf680ebd5ac038726', 'acme', 'bddd3903-3671-4ff4-a6f3-e217ac1452ba', 1795889271421, '\x0101c160bbcec9e58ecb2a7a181dccbd31c728dc7011ae8fa36c68ce0bbbce8ac167420f24d567cbf212c0366e530bbabe93fa6f864e7ba11d60d7f40c82128aa0efd329009822d9f3a07e8e64452652701b80eafc6ecd3d1141e5b7b352d179518751389fa5f74360bc8e6859e4be82dea5');
INSERT INTO keyturn_vault.data_keys VALUES ('\x99bf7bc1c4a1ff36092f13155cbec9d4', 'beta', '8e480aa3-73dc-4b23-b58c-83def7ec2f79', 1795889272094, '\x01017b7608fb69e131a0a59b784f2e049c51556e4d53f23191a50872c845e992bde63d1f42deb1a0c7dfe824379aa0df87315ea54bed8dcabb7c9ec1131f0d7ed5bd0fbd1015c2a9aad54fb23a51916cebda5b6fb8dcebfa7bdfe218ffc00be3adc178dce6833e964dac8376a0379fb19440');
INSERT INTO keyturn_vault.deployment VALUES (1, 5, 'b1dc5422-34e0-4a3e-a20a-b4be53359c04', 1795889271034, 'file', '\x45609ca95b1eea17', '\x01017cd187a7c3cd3a4525af4a6bda89c474db7ee25e96f515cca1d42a4e5a1e8fe1b962ae80344d6d921552cd60732fd380b0b8bb140f6eb5248c1f28e406f409c43492c517d6236cf907a48286f8aae488e18ec93fabaffc8e5d6b9d91482d5e4a68ac', NULL, NULL, NULL, NULL, '\x0101c1b7c5ea3a3f252adbac47c1ad5469084b8ded36fdcddaaa665b4cd748bd49994759d01158d8815bb0db076b047ff4fcdbb18e7482873f6bb2f34180753dda6d8a5cf990e2c61fa5a6b014cc3e70cf576b6c5cf0cbb1649afdc932a046880e86dcee53db623100ce108cf46998f5abb4', 1, '\x0101abcb762db41f3b2ec744b8b5d2121b1287a304a6389afc5a3ec531a611758094fe55eeb89acf110f1a7fc7242b190fa442026be1220f75bc20ed008a699d7dadbae176b8bfa40c4c7ad8986e7f02cf17c6856ec2487b02e6c638db2793bed796ed427833af9fc7192baf7acb01bcecf3', NULL, 0, 0, '0.1.0', 'erased');
INSERT INTO keyturn_vault.pairing VALUES (1, 'e1e4ddbd-e8b4-49f1-9a16-016bdbaf8046', 26);
INSERT INTO keyturn_vault.removals VALUES ('acme', 0, 'c496cb8c-43f3-49e9-8568-5587ed6d2818', 'Adh8-RCXwAvCOc8gJ3oVUygOy06IYw0gCZcEAK6KX6aa-gXjzfESy1A', 1, 0, '\x95910b29edb6b69712a5e9f7125bc323978301d17302652698663efa8e986230');
INSERT INTO keyturn_vault.removals VALUES ('acme', 1, '5f29d677-d1fc-4bd3-8e24-63df2975195c', 'Adh8-RCXwAvCgCNJ4mH0XL--1-9WQSuXAWEwJgy1eMiK8moXzCN8vbc', 1, 1, '\xabb38ffb072e109fd4e3fdc5f9a6f6cf61a20feb65a8c493e4013e13a814bdd9');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('acme', '66fb9c27-9736-451d-8ac7-0f2e802feef8', 'Adh8-RCXwAvC7fTsJS24W1GWtkVwJTXkRqa4BvYJzOiem6CfR0tNhbQ', 'live', 1795889271357, NULL, 1, '\xf391bb29abf17d0e9073c3a40414e71e', '\x0101cad2d3083a349442ab2900e627a557a30cf9991aa64eed9b8aa858da863165cb0acb9e64edbef046f2bc1f90cef9ca1dde43423cbbde5900b56fae1f35f87c634c9b944587768bc9cc2acb23f683a1f6fe9db5d3111733c4ca2a1d5ba1cb1fdd4664823f16235a4632e7286954c0443ae920bffd77a1cf29f149c548af96f913bf7709efd9f141038b2d78ef2aef9bdbbb29e0025164ad2775cbaf4c4a90c29593b2f0385742783416fe5662d89a8b5558ac87b3ce90d333fd45c2c1654830523974237bd661dcfa2758dafdf1e0163d697cc578bbe6ed6fa5bd78b15d138d5361d8e8bfe4757844a037f86c167f12adb8182408e206435a2fed3db8f015d72ab986dd304dd00c53a9fd6e041dcdcb735d1c334a09ad2d72bfa3c098c4f889b8065846409395d320691388c5b57812150bf21b39af8254ae1db2dcf8f1bbcaf222da3de40e56e9c9bb97e2bba3879e47');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('acme', 'bddd3903-3671-4ff4-a6f3-e217ac1452ba', 'Adh8-RCXwAvCIxLsOK7FzF2KMhYOAO1s-t8ZjkbSiOOdxfkn1VdRb7I', 'live', 1795889271421, NULL, 1, '\xccfb7a9cf7bf138cf680ebd5ac038726', '\x0101b862224f25f5f0eaa7a6758aa09fd2469262c90482b7f88308cfddadacd528573d6bcf59f18f20a2942e29d379a0e8acd77bd761ac849c2fcb9775ec79aa05ae096eff29ae293e4b706d9feda368fb8c38d4fa5f08f8d5e0b0b08713bab9ea2009daaf178d4c2364ff06d1c625ea3fc07d8702e4f073b545e6b0616376cc1301ca11feecaf98d7caf35d8e6be3fbd7db5be751aabaef807291251d91532fdfc49a379fa5b195ab25610f301ded9047f6c0b0d844c70d72b59c4cab85c7d47a021e70c2f8c4ed025f15a392add54e99d4b158ccd451c16094dcdac44449fe52d4913c91b903b16839654668671a96fec2297cce2e3395afb38cdcdf52f87485a67740ce21c443e925ee1a7f14effc8e869ed3b213b8ce5f364a896af3d3d34a504456024b739312e15eac2035dc376908621ef6fdca687ab53d3c435bfac97c424b1a4ca124a81e27bdeca4628cd7389d');
INSERT INTO keyturn_vault.sealed_secrets VALUES ('beta', '8e480aa3-73dc-4b23-b58c-83def7ec2f79', 'Adh8-RCXwAvCRoYoX_Lk7doi-PK4-FT7HYjlFZ4lZogyZBetUo3t1ms', 'live', 1795889272094, NULL, 1, '\x99bf7bc1c4a1ff36092f13155cbec9d4', '\x0101c8b2d424641637ac12e6cfc6d80a33f447eb9bf7d527d9ce9f0225fe1652dbd133f3ddd2226904eb9da04b5ba0648a2fc680b0a227c25d8062b03ca3cdad1523fc76a4b44b912c1fcb1c0f6f6aa1b6fa39b9ad86084eb8cb47f04e39fbaaf81c1aeb67eca65f9eac168194629493cbb2d1875ae8ca6119f66b0af5c25a3d0f1a98d00a254f0e2562e2b176081d59b9766d5fcd2e94e9b1db8826e17799f8bb3edd4be23ad31485a81fb7d5284fa94f234f126f1e8eb603d232c66d1c29450563945f9317b5e68b101cf2404a953586ee7fdeb4619d73c41b17b1bc9d4b8766e9b52f146ac8cd6625e7f8e7dd5dbf5fb17d8078c1b0b9661d75d1a91ba9c3860f30b621096c6e854619e2e64b5797a43b9c764c95b962f8109c29ae9e205717a5f9b28a0fff46503428ccaf4ff0624bb9e35ea0ee39821412ea7a89777cbdef851edcabef3f6ac8954d70ba284d726082');
INSERT INTO keyturn_vault.witnesses VALUES ('acme', 18, '\x991dc45f8a9f0a8afe48f30f37ec7bbcc768f884a2a42fda6a88f982e42b6874', '\xb618be08e3dc2b005031ce72555aa4be3baa9b107e91f71bf0ccf1554849e036');
INSERT INTO keyturn_vault.witnesses VALUES ('beta', 5, '\x6b867eac9bef0261026d15e9e8e4da19a0d2968ec4a458617c52b03d300857c7', '\x026eef072ba496569c1fba1cdb049d66c233c014426168ade7578bdde2cf620f');
INSERT INTO keyturn_vault.workspace_keys VALUES ('acme', '\x45609ca95b1eea17', 1795889271349, 0, '\x01012d68ecf75bf6a901eb49bf822a91ea0d2e3a3513ae8117efc54c9a5384a56a1d082d87cbef3735a6fc1a775eacb27c330cd15093783e521a9282b9f7925c91d149b4fa3250f2c8088060acb1d506aaacfc1d9ed291cd6a743352687d3f9821010462f5c1cd83b46862957a715d418f4e', NULL, NULL);
INSERT INTO keyturn_vault.workspace_keys VALUES ('beta', '\x45609ca95b1eea17', 1795889272073, 0, '\x01012d68ecf75bf6a90146f786f25f5ab8f9722ef7dd971903d8071dc4d23d507e5010c77175e1d9aeb6f1431c30d75418021a240c4be726a57806e4e44c63268485e011bac7f8d0fec1bbff6f83f6b9071dd98675adfc25833422264eb317986371ae12fe4ec2c86b55ff3931f5f4802ce0', NULL, NULL);
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
