import type { SchemaObject } from '@keyturn/sqlite';
import { PARTITIONED, partitionOf, PARTITIONS, type PartitionedTable } from './partitioned';
import { SCHEMA } from './schema';

type Objects = ReadonlyArray<SchemaObject>;

/** The indexes of a table by the names that they have there, and by those that the server gives them on partitions. */
const INDEXES: Readonly<
  Record<PartitionedTable, ReadonlyArray<readonly [own: string, ofPartition: string, columns: string]>>
> = {
  data_keys: [
    ['pkey', 'pkey', 'workspace_id, data_key_id'],
    ['by_key', 'workspace_id_key_id_idx', 'workspace_id, key_id'],
  ],
  sealed_secrets: [
    ['pkey', 'pkey', 'workspace_id, key_id'],
    ['by_fingerprint', 'workspace_id_fingerprint_idx', 'workspace_id, fingerprint'],
  ],
};

/** What is on a table and on each of its partitions alike. `only`: of the table the server says that it has no rows. */
const partsOf = (table: PartitionedTable, name: string, columns: Objects, only: '' | 'ONLY '): Objects => [
  ...columns.map((object) => ({ ...object, table: name })),
  ...INDEXES[table].flatMap(([own, ofPartition, on]): Objects => {
    const index = `${name}_${only === '' ? ofPartition : own}`;
    const unique = own === 'pkey' ? 'UNIQUE ' : '';
    const sql = `CREATE ${unique}INDEX ${index} ON ${only}${SCHEMA}.${name} USING btree (${on})`;
    const made: SchemaObject = { type: 'index', name: index, table: name, sql };
    return own === 'pkey'
      ? [{ type: 'constraint', name: index, table: name, sql: `PRIMARY KEY (${on})` }, made]
      : [made];
  }),
];

const partitionSchema = (table: PartitionedTable, remainder: number, columns: Objects): Objects => {
  const name = partitionOf(table, remainder);
  const values = `FOR VALUES WITH (modulus ${PARTITIONS}, remainder ${remainder})`;
  return [
    { type: 'child table', name, table, sql: '' },
    { type: 'parent table', name: table, table: name, sql: '' },
    { type: 'table', name, table: name, sql: `logged ${values}` },
    ...partsOf(table, name, columns, ''),
  ];
};

const partitionedTable = (table: PartitionedTable, before: Objects): Objects => {
  // Columns, and what is checked of them, stay as they were.
  const columns = before.filter(
    (object) => object.table === table && (object.type === 'column' || /^CHECK /.test(object.sql)),
  );
  return [
    { type: 'partitioned table', name: table, table, sql: 'logged HASH (workspace_id)' },
    ...partsOf(table, table, columns, 'ONLY '),
    ...Array.from({ length: PARTITIONS }, (_, remainder) =>
      partitionSchema(table, remainder, columns),
    ).flat(),
  ];
};

/** What the server's catalogs have when the tables of before got partitions. */
export const partitionedSchema = (before: Objects): Objects => [
  ...before.filter(({ table }) => !PARTITIONED.some((partitioned) => partitioned === table)),
  ...PARTITIONED.flatMap((table) => partitionedTable(table, before)),
];
