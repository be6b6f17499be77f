import { sql } from 'kysely';
import { type Checkpoints, createCheckpointTable } from './database/checkpoints';
import { createGeneration, showGeneration } from './database/generations';
import { prepare, queryBuilder } from './database/queryBuilder';
import { type ReadModelFile, writeTransaction } from './database/readModelFile';
import { ProjectionFault } from './faults';
import type { Projector } from './runtime/projector';

/** Raised when the tables that all projections share change. */
const FORMAT = 1;

/**
 * Makes a file ready: its own tables, the store that it is built from, and empty tables for each projection that it
 * does not have yet. In one transaction, so that two processes may open a new file at once. Throws a `ProjectionFault`.
 */
export const prepareReadModel = (
  { writer, file }: ReadModelFile,
  checkpointsOf: () => Checkpoints,
  projectors: ReadonlyArray<Projector>,
  storeId: string,
  now: number,
): Checkpoints =>
  writeTransaction(writer, () => {
    createInfoTable({ writer });
    const info = infoOf({ writer });
    if (info === undefined) {
      const insert = queryBuilder
        .insertInto('read_model_info')
        .values({ store_id: sql<string>`?`, format: sql<number>`?` });
      prepare(writer, insert).run(storeId, FORMAT);
    } else {
      check(file, info, storeId);
    }
    createCheckpointTable(writer);
    const checkpoints = checkpointsOf();
    for (const projector of projectors) {
      if (checkpoints.live(projector.name) !== undefined) continue;
      const { generation } = createGeneration(writer, checkpoints, projector, { live: true, now });
      showGeneration(writer, projector, generation);
    }
    return checkpoints;
  });

/**
 * Checks a file that another process keeps up: it has to be of this store, with every projection begun. Writes nothing.
 * Throws a `ProjectionFault`.
 */
export const checkReadModel = (
  { writer, file }: ReadModelFile,
  checkpointsOf: () => Checkpoints,
  projectors: ReadonlyArray<Projector>,
  storeId: string,
): Checkpoints => {
  const info = hasInfo({ writer }) ? infoOf({ writer }) : undefined;
  if (info === undefined) throw notBegun(file);
  check(file, info, storeId);
  const checkpoints = checkpointsOf();
  if (projectors.some(({ name }) => checkpoints.live(name) === undefined)) throw notBegun(file);
  return checkpoints;
};

const hasInfo = ({ writer }: Pick<ReadModelFile, 'writer'>): boolean =>
  writer.prepare("select 1 from sqlite_master where name = 'read_model_info'").get() !== undefined;

const notBegun = (file: string): ProjectionFault =>
  new ProjectionFault(
    'rebuild-needed',
    `The read model ${file} has not been begun. Open it where it may be written, then read it.`,
  );

interface Info {
  readonly store_id: string;
  readonly format: number;
}

const infoOf = ({ writer }: Pick<ReadModelFile, 'writer'>): Info | undefined =>
  writer.prepare<[], Info>(queryBuilder.selectFrom('read_model_info').selectAll().compile().sql).get();

const createInfoTable = ({ writer }: Pick<ReadModelFile, 'writer'>): void => {
  const table = queryBuilder.schema
    .createTable('read_model_info')
    .ifNotExists()
    .addColumn('store_id', 'text', (c) => c.notNull())
    .addColumn('format', 'integer', (c) => c.notNull());
  writer.exec(table.compile().sql);
};

const check = (file: string, info: Info, storeId: string): void => {
  if (info.format > FORMAT) {
    throw new ProjectionFault(
      'newer-version',
      `The read model ${file} has format ${info.format}, and this release knows ${FORMAT}: upgrade this process.`,
    );
  }
  if (info.store_id === storeId) return;
  throw new ProjectionFault(
    'other-store',
    `The read model ${file} was built from event store ${info.store_id}, and this is event store ${storeId}. Use the ` +
      'data directory that the read model belongs to, or move the read model away to have it built anew from ' +
      'this store.',
  );
};
