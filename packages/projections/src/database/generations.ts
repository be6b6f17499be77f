import type { SqliteConnection } from '@keyturn/sqlite';
import type { Projector } from '../runtime/projector';
import type { Checkpoint, Checkpoints } from './checkpoints';
import { tableOfGeneration } from './generationNames';
import { builderOf, queryBuilder } from './queryBuilder';
import { dropStreams } from './streamStates';

const indexName =
  (projector: Projector, generation: number) =>
  (name: string): string =>
    tableOfGeneration(`${projector.name.replace('-', '_')}_by_${name}`, generation);

/**
 * Empty tables for a new generation of a projection, with a checkpoint at the beginning. In the caller's transaction.
 */
export const createGeneration = (
  database: SqliteConnection,
  checkpoints: Checkpoints,
  projector: Projector,
  options: { readonly live: boolean; readonly now: number },
): Checkpoint => {
  const taken = checkpoints.all().filter((c) => c.projector === projector.name);
  const generation = 1 + Math.max(0, ...taken.map((c) => c.generation));
  dropGeneration(database, projector, generation);
  const db = builderOf(projector.tables, generation);
  for (const statement of projector.createTables(db, indexName(projector, generation))) {
    database.exec(statement.sql);
  }
  const checkpoint: Checkpoint = {
    projector: projector.name,
    generation,
    version: projector.version,
    live: options.live,
    indexed: false,
    position: null,
    events: 0,
    updatedAt: options.now,
    fault: null,
  };
  checkpoints.add(checkpoint);
  return checkpoint;
};

/** Points the projection's views at a generation. In the caller's transaction, so that readers see one or the other. */
export const showGeneration = (
  database: SqliteConnection,
  projector: Projector,
  generation: number,
): void => {
  const db = builderOf(projector.tables, generation);
  for (const view of projector.views) database.exec(db.schema.dropView(view).ifExists().compile().sql);
  for (const statement of projector.createViews(db, indexName(projector, generation))) {
    database.exec(statement.sql);
  }
};

/** The statements that build a generation's indexes: each may run in a transaction of its own, and again. */
export const indexStatements = (projector: Projector, generation: number): ReadonlyArray<string> =>
  projector
    .createIndexes(builderOf(projector.tables, generation), indexName(projector, generation))
    .map((statement) => statement.sql);

/** Tells SQLite's planner what to expect of the indexes. Read when the schema changes next: as an index is built. */
export const stateStatistics = (
  database: SqliteConnection,
  projector: Projector,
  generation: number,
): void => {
  const indexed = database.prepare('delete from sqlite_stat1 where idx = ?');
  const insert = database.prepare('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)');
  for (const [name, { table, stat }] of Object.entries(projector.indexStatistics)) {
    const index = indexName(projector, generation)(name);
    indexed.run(index);
    insert.run(tableOfGeneration(table, generation), index, stat);
  }
};

/**
 * The generation's tables, what is kept of its streams, and every view over them: those of an older release may have
 * names that this one forgot.
 */
export const dropGeneration = (
  database: SqliteConnection,
  projector: Projector,
  generation: number,
): void => {
  const tables = projector.tables.map((table) => tableOfGeneration(table, generation));
  const views = database
    .prepare<[], { name: string; sql: string }>("select name, sql from sqlite_master where type = 'view'")
    .all();
  for (const { name, sql } of views) {
    if (!tables.some((table) => sql.includes(`"${table}"`))) continue;
    database.exec(queryBuilder.schema.dropView(name).compile().sql);
  }
  dropStreams(database, { projector: projector.name, generation });
  const db = builderOf(projector.tables, generation);
  for (const table of projector.tables) {
    database.exec(db.schema.dropTable(table).ifExists().compile().sql);
  }
};
