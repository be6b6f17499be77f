/** The tables with the sealed bytes of keys. A workspace's rows lie in one partition of each. */
export const PARTITIONED = ['data_keys', 'sealed_secrets'] as const;

export type PartitionedTable = (typeof PARTITIONED)[number];

/**
 * Rows lie by the hash of their workspace's id and this number: another one is another format. With 100,000 keys a
 * partition has some 6,250 rows, which are written anew in about what their new files take. Each of them costs whoever
 * makes a vault, rotates its master key, or looks at its schema.
 */
export const PARTITIONS = 16;

export const partitionOf = (table: PartitionedTable, remainder: number): string => `${table}_${remainder}`;

/** All partitions of a table; none of another one. */
export const partitionsOf = (table: string): ReadonlyArray<string> =>
  PARTITIONED.filter((partitioned) => partitioned === table).flatMap((partitioned) =>
    Array.from({ length: PARTITIONS }, (_, remainder) => partitionOf(partitioned, remainder)),
  );
