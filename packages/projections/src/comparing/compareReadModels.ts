import type { EventStore, Position } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointsOf } from '../database/checkpoints';
import { openReadOnlyFile } from '../database/readOnlyFile';
import { faultOfSqlite } from '../database/sqliteFaults';
import { ProjectionFault, storeFailed } from '../faults';
import { checkReadModel } from '../prepareReadModel';
import { openReadModels } from '../readModels';
import { identities, type ProjectionName, type ProjectorIdentity } from '../runtime/projector';
import { storeUpTo } from './boundedStore';
import type { Compared, ReadModelDifference, Reader } from './differences';

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

const PROJECTORS: ReadonlyArray<ProjectorIdentity> = Object.values(identities);

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
  const { differencesOf } = await import('./differences.js');
  const projections = group.map(({ identity }) => identity.name);
  await build(path, options, group[0]?.checkpoint.position ?? null, projections);
  reader.prepare(`attach ? as ${name}`).run(path);
  const generationOf = reader.pluck<[string], number>(
    `select generation from ${name}.projection_checkpoints where projector = ? and live = 1`,
  );
  // Where a workspace stands, in the file or made anew, the numbers of all entries behind it are others.
  const isStopped = (database: string): boolean =>
    reader.prepare(`select 1 from ${database}.projection_streams where damage is not null limit 1`).get() !==
    undefined;
  const somethingStopped = isStopped('main') || isStopped(name);
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
