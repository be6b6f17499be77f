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

/** Every view over a generation's tables: those of an older release may have names that this one forgot. */
const dropViews = (database: SqliteConnection, projector: Projector, generation: number): void => {
  const tables = projector.tables.map((table) => tableOfGeneration(table, generation));
  const views = database
    .prepare<[], { name: string; sql: string }>("select name, sql from sqlite_master where type = 'view'")
    .all();
  for (const { name, sql } of views) {
    if (!tables.some((table) => sql.includes(`"${table}"`))) continue;
    database.exec(queryBuilder.schema.dropView(name).compile().sql);
  }
};

/** The generation's tables, what is kept of its streams, and every view over them. */
const dropGeneration = (database: SqliteConnection, projector: Projector, generation: number): void => {
  dropViews(database, projector, generation);
  dropStreams(database, { projector: projector.name, generation });
  const db = builderOf(projector.tables, generation);
  for (const table of projector.tables) {
    database.exec(db.schema.dropTable(table).ifExists().compile().sql);
  }
};

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

/** Takes a generation out of sight. Its tables stay until their room is given back: that takes longer. */
export const retireGeneration = (
  database: SqliteConnection,
  checkpoints: Checkpoints,
  projector: Projector,
  retired: Checkpoint,
): void => {
  dropViews(database, projector, retired.generation);
  dropStreams(database, retired);
  checkpoints.retire(retired);
};

/** So many rows are deleted in one transaction. */
const ROWS_AT_ONCE = 10_000;

/**
 * Empties a retired generation a little more, and drops what is empty: indexes, then rows, then tables. False when
 * nothing of it is left. In the caller's transaction.
 */
export const emptyGeneration = (
  database: SqliteConnection,
  projector: Projector,
  generation: number,
): boolean => {
  const tables = projector.tables.map((table) => tableOfGeneration(table, generation));
  const listed = tables.map((table) => `'${table}'`).join(', ');
  const found = (type: 'index' | 'table') =>
    database
      .pluck<[], string>(
        `select name from sqlite_master where type = '${type}' and tbl_name in (${listed}) and sql is not null`,
      )
      .get();
  const index = found('index');
  if (index !== undefined) {
    database.exec(`drop index "${index}"`);
    return true;
  }
  const table = found('table');
  if (table === undefined) return false;
  const hasRowid = database.pluck<[string], number>('select wr from pragma_table_list(?)').get(table) === 0;
  const deleted = hasRowid
    ? database
        .prepare(`delete from "${table}" where rowid in (select rowid from "${table}" limit ${ROWS_AT_ONCE})`)
        .run().changes
    : 0;
  if (deleted === 0) database.exec(`drop table "${table}"`);
  return true;
};
