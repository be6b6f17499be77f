import { PARTITIONED, PARTITIONS, type PartitionedTable } from './partitioned';

/** Unique keys have the column that the partitions are told apart by. */
const INDEXES: Readonly<Record<PartitionedTable, { readonly primaryKey: string; readonly index: string }>> = {
  data_keys: {
    primaryKey: 'workspace_id, data_key_id',
    index: 'data_keys_by_key ON data_keys (workspace_id, key_id)',
  },
  sealed_secrets: {
    primaryKey: 'workspace_id, key_id',
    index: 'sealed_secrets_by_fingerprint ON sealed_secrets (workspace_id, fingerprint)',
  },
};

/**
 * Makes partitions of a table, by a copy of its rows. Indexes come last: they have the names of those that go with the
 * table of before, and a copy is quicker without them. Statistics are no part of what a partition takes after its
 * table, so they are set when all partitions are there.
 */
const partition = (table: PartitionedTable): ReadonlyArray<string> => [
  `ALTER TABLE ${table} RENAME TO whole_${table}`,
  `CREATE TABLE ${table} (LIKE whole_${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)
   PARTITION BY HASH (workspace_id)`,
  `DO $$ BEGIN
     FOR n IN 0..${PARTITIONS - 1} LOOP
       EXECUTE format(
         'CREATE TABLE ${table}_%s PARTITION OF ${table} FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER %s)', n, n);
     END LOOP;
   END $$`,
  `ALTER TABLE ${table} ALTER sealed SET STATISTICS 0`,
  `INSERT INTO ${table} SELECT * FROM whole_${table}`,
  `DROP TABLE whole_${table}`,
  `ALTER TABLE ${table} ADD PRIMARY KEY (${INDEXES[table].primaryKey})`,
  `CREATE INDEX ${INDEXES[table].index}`,
];

/** From format 5 to 6. */
export const PARTITION_TABLES: ReadonlyArray<string> = PARTITIONED.flatMap(partition);
