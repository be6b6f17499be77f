import type { EventStore, Position } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, checkpointsOf } from '../database/checkpoints';
import { tableOfGeneration } from '../database/generationNames';
import { openReadOnlyFile } from '../database/readOnlyFile';
import { faultOfSqlite } from '../database/sqliteFaults';
import { ProjectionFault, storeFailed } from '../faults';
import { checkReadModel } from '../prepareReadModel';
import { projectorOf } from '../projectors';
import { openReadModels } from '../readModels';
import { identities, type ProjectionName, type ProjectorIdentity } from '../runtime/projector';
import { storeUpTo } from './boundedStore';

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

export interface ReadModelComparison {
  /** Those that were compared: not what another release built. */
  readonly compared: ReadonlyArray<ProjectionName>;
  readonly differences: ReadonlyArray<ReadModelDifference>;
}

export interface CompareOptions {
  /** The read models' file: it is only read. */
  readonly file: string;
  readonly store: EventStore;
  /** Where the rows are made anew, for as long as this takes: a directory with room for a second read model. */
  readonly scratch: string;
  readonly onEvents?: (count: number) => void;
}

interface Compared {
  readonly identity: ProjectorIdentity;
  readonly checkpoint: Checkpoint;
}

type CountOfWorkspace = ReadonlyArray<readonly [workspaceId: string | null, rows: number]>;

type Reader = Awaited<ReturnType<typeof openReadOnlyFile>>['reader'];

const PROJECTORS: ReadonlyArray<ProjectorIdentity> = Object.values(identities);

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
interface Anew {
  /** What the file goes by in SQL. */
  readonly name: string;
  readonly generation: number;
  readonly somethingStopped: boolean;
}

const differencesOf = (
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

/** Builds projections anew, up to a place in the store. */
const build = async (
  file: string,
  { store, onEvents = () => undefined }: CompareOptions,
  place: Position | null,
  names: ReadonlyArray<ProjectionName>,
): Promise<void> => {
  const models = await openReadModels({
    file,
    store: storeUpTo(store, place, onEvents),
    projections: names,
  })();
  if (isLeft(models)) throw models.left;
  try {
    const built = await models.right.catchUp();
    if (isLeft(built)) throw built.left;
  } finally {
    await models.right.close();
  }
};

const refuseStoreBehind = async (store: EventStore, compared: ReadonlyArray<Compared>): Promise<void> => {
  const head = await store.head();
  if (isLeft(head)) throw storeFailed(head.left);
  for (const { checkpoint } of compared) {
    const { position } = checkpoint;
    if (position === null || (head.right !== null && head.right >= position)) continue;
    throw new ProjectionFault(
      'store-behind',
      `The read model has seen events up to position ${position}, and the event store ends at ` +
        `${head.right ?? 'nothing'}: it was put back to an older copy. Rebuild each projection.`,
    );
  }
};

const byPlace = (compared: ReadonlyArray<Compared>): ReadonlyArray<ReadonlyArray<Compared>> => {
  const groups = new Map<Position | null, Compared[]>();
  for (const one of compared) {
    const { position } = one.checkpoint;
    groups.set(position, [...(groups.get(position) ?? []), one]);
  }
  return [...groups.values()];
};

const compareGroup = async (
  reader: Reader,
  { name, path }: { readonly name: string; readonly path: string },
  options: CompareOptions,
  group: ReadonlyArray<Compared>,
): Promise<ReadonlyArray<ReadModelDifference>> => {
  const projections = group.map(({ identity }) => identity.name);
  await build(path, options, group[0]?.checkpoint.position ?? null, projections);
  reader.prepare(`attach ? as ${name}`).run(path);
  const generationOf = reader.pluck<[string], number>(
    `select generation from ${name}.projection_checkpoints where projector = ? and live = 1`,
  );
  const somethingStopped =
    reader.prepare(`select 1 from ${name}.projection_streams where damage is not null limit 1`).get() !==
    undefined;
  return group.flatMap((one) => {
    const generation = generationOf.get(one.identity.name);
    return generation === undefined ? [] : differencesOf(reader, one, { name, generation, somethingStopped });
  });
};

/**
 * Compares a read model with what the events say, row by row: its projections are built anew beside it, up to the place
 * in the store where each of them stands. The file is read as it is when this begins, whatever is projected meanwhile.
 *
 * Faults: `rebuild-needed` where no process has begun the file; `store-behind`; those of the file and the store.
 *
 * @example
 * const compared = await compareReadModels({ file: 'data/read-models.sqlite', store, scratch: 'data' })();
 */
export const compareReadModels = (
  options: CompareOptions,
): TE.TaskEither<ProjectionFault, ReadModelComparison> =>
  TE.tryCatch(
    async () => {
      const storeId = await options.store.storeId();
      if (isLeft(storeId)) throw storeFailed(storeId.left);
      const file = await openReadOnlyFile(options.file);
      const directory = await mkdtemp(join(options.scratch, '.verify-'));
      try {
        const { reader } = file;
        checkReadModel(file, PROJECTORS, storeId.right);
        const differences: ReadModelDifference[] = [];
        // What is sorted goes to disk: memory stays flat.
        reader.pragma('temp_store = FILE');
        // One state of the file for all that follows.
        reader.exec('begin');
        const checkpoints = checkpointsOf(reader);
        const compared = PROJECTORS.flatMap((identity): ReadonlyArray<Compared> => {
          const checkpoint = checkpoints.live(identity.name);
          return checkpoint?.version === identity.version ? [{ identity, checkpoint }] : [];
        });
        await refuseStoreBehind(options.store, compared);
        for (const [index, group] of byPlace(compared).entries()) {
          const scratch = { name: `scratch${index}`, path: join(directory, `${index}.sqlite`) };
          differences.push(...(await compareGroup(reader, scratch, options, group)));
        }
        return { compared: compared.map(({ identity }) => identity.name), differences };
      } finally {
        file.close();
        await rm(directory, { recursive: true, force: true });
      }
    },
    (error) => faultOfSqlite(error, options.file),
  );
