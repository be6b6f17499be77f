import type { Checkpoint } from '../database/checkpoints';
import { tableOfGeneration } from '../database/generationNames';
import type { openReadOnlyFile } from '../database/readOnlyFile';
import { projectorOf } from '../projectors';
import type { ProjectionName, ProjectorIdentity } from '../runtime/projector';

/** Rows of a workspace that are not what its events say. */
export interface ReadModelDifference {
  readonly projection: ProjectionName;
  /** Null for rows that are no one workspace's. */
  readonly workspaceId: string | null;
  /** Rows that the events say, and the read model does not have so. */
  readonly lacking: number;
  /** Rows that the read model has, and the events do not say so. */
  readonly foreign: number;
}

/** A projection as it stands in the file. */
export interface Compared {
  readonly identity: ProjectorIdentity;
  readonly checkpoint: Checkpoint;
}

type CountOfWorkspace = ReadonlyArray<readonly [workspaceId: string | null, rows: number]>;

export type Reader = Awaited<ReturnType<typeof openReadOnlyFile>>['reader'];

/** Rows of one table that another does not have, by workspace. SQLite sorts on disk: memory stays flat. */
const without = (
  reader: Reader,
  [table, other]: readonly [string, string],
  { columns, workspace }: Comparable,
): CountOfWorkspace =>
  reader
    .raw<[], CountOfWorkspace[number]>(
      `select ${workspace}, count(*) from
        (select ${columns} from ${table} except select ${columns} from ${other}) group by 1`,
    )
    .all();

/** What of a table is compared. */
interface Comparable {
  readonly columns: string;
  /** What names the workspace of a row. */
  readonly workspace: string;
}

/** An entry's place among those of all workspaces. */
const SEQUENCE = 'sequence';

/**
 * Null where nothing of a table can be compared. Where a workspace stops at its log's damage, its entries behind that
 * are not made anew, and those of all others come sooner: what depends on that is left out then.
 */
const comparableOf = (reader: Reader, table: string, somethingStopped: boolean): Comparable | null => {
  const names = reader.pluck<[string], string>('select name from pragma_table_info(?)').all(table);
  const isOfWorkspaces = names.includes('workspace_id');
  if (somethingStopped && !isOfWorkspaces) return null;
  const compared = names.filter((name) => !somethingStopped || name !== SEQUENCE);
  return {
    columns: compared.map((name) => `"${name}"`).join(', '),
    workspace: isOfWorkspaces ? 'workspace_id' : 'null',
  };
};

/** Where rows were made anew. */
export interface Anew {
  /** What the file goes by in SQL. */
  readonly name: string;
  readonly generation: number;
  readonly somethingStopped: boolean;
}

/** What the rows made anew and those of the file do not have in common. */
export const differencesOf = (
  reader: Reader,
  { identity, checkpoint }: Compared,
  anew: Anew,
): ReadonlyArray<ReadModelDifference> => {
  const found = new Map<string | null, { lacking: number; foreign: number }>();
  const add = (which: 'lacking' | 'foreign', rows: CountOfWorkspace): void => {
    for (const [workspaceId, count] of rows) {
      const one = found.get(workspaceId) ?? { lacking: 0, foreign: 0 };
      one[which] += count;
      found.set(workspaceId, one);
    }
  };
  for (const table of projectorOf(identity).tables) {
    const name = tableOfGeneration(table, checkpoint.generation);
    const comparable = comparableOf(reader, name, anew.somethingStopped);
    if (comparable === null) continue;
    const live = `main."${name}"`;
    const made = `${anew.name}."${tableOfGeneration(table, anew.generation)}"`;
    add('lacking', without(reader, [made, live], comparable));
    add('foreign', without(reader, [live, made], comparable));
  }
  return [...found].map(([workspaceId, counts]) => ({ projection: identity.name, workspaceId, ...counts }));
};
