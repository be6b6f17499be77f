import * as t from 'io-ts';
import { decodeRows } from '../rows';
import { Obstacle } from './obstacle';
import { type PartitionedTable, partitionOf, PARTITIONS } from './partitioned';
import { SCHEMA } from './schema';
import type { Session } from './session';
import type { StoredTables } from './storedTables';

/** By the server's own function, whether or not there are rows: a shred that is run again may find none. */
const REMAINDERS = `
  SELECT workspace_id, n AS remainder
  FROM generate_series(0, $2::integer - 1) AS n, unnest($3::text[]) AS id (workspace_id)
  WHERE satisfies_hash_partition($1::text::regclass, $2::integer, n, workspace_id)
  ORDER BY n`;

const RemainderRow = t.type({ workspace_id: t.string, remainder: t.number });

const remaindersOf = async (
  session: Session,
  table: PartitionedTable,
  workspaceIds: ReadonlyArray<string>,
): Promise<ReadonlySet<number>> => {
  const { rows } = await session.query(REMAINDERS, [`${SCHEMA}.${table}`, PARTITIONS, workspaceIds]);
  const found = decodeRows(RemainderRow, rows, 'satisfies_hash_partition');
  const missing = workspaceIds.find((id) => !found.some(({ workspace_id }) => workspace_id === id));
  if (missing !== undefined) throw new Obstacle(`the server names no partition of ${table} for ${missing}`);
  return new Set(found.map(({ remainder }) => remainder));
};

/** The partitions in which rows of these workspaces lie, or lay. */
export const ownPartitions = async (
  session: Session,
  tables: ReadonlyArray<PartitionedTable>,
  workspaceIds: ReadonlyArray<string>,
): Promise<StoredTables> => {
  const distinct = [...new Set(workspaceIds)];
  const names: string[] = [];
  for (const table of tables)
    for (const remainder of await remaindersOf(session, table, distinct))
      names.push(partitionOf(table, remainder));
  return {
    what: `${tables.join(', ')}, ${names.length / tables.length} of ${PARTITIONS} partitions`,
    names,
  };
};
