import type { SqliteConnection } from '@keyturn/sqlite';
import { sql } from 'kysely';
import { prepare, queryBuilder } from './queryBuilder';

/** Where one generation of a projection stands. */
export interface Checkpoint {
  readonly projector: string;
  readonly generation: number;
  readonly version: number;
  readonly live: boolean;
  readonly indexed: boolean;
  /** Everything up to here is projected; null before the first event. */
  readonly position: bigint | null;
  readonly events: number;
  readonly updatedAt: number;
  readonly fault: string | null;
}

interface Row {
  readonly projector: string;
  readonly generation: number;
  readonly version: number;
  readonly live: number;
  readonly indexed: number;
  readonly position: string | null;
  readonly events: number;
  readonly updated_at: number;
  readonly fault: string | null;
}

const checkpointOf = (row: Row): Checkpoint => ({
  projector: row.projector,
  generation: row.generation,
  version: row.version,
  live: row.live === 1,
  indexed: row.indexed === 1,
  position: row.position === null ? null : BigInt(row.position),
  events: row.events,
  updatedAt: row.updated_at,
  fault: row.fault,
});

/** The checkpoints of a read model. They share its transactions: what is projected and how far can't part. */
export interface Checkpoints {
  readonly all: () => ReadonlyArray<Checkpoint>;
  readonly of: (projector: string, generation: number) => Checkpoint | undefined;
  readonly live: (projector: string) => Checkpoint | undefined;
  readonly add: (checkpoint: Checkpoint) => void;
  /** Moves on, and clears the last fault. */
  readonly advance: (of: Checkpoint, to: bigint, events: number, now: number) => void;
  readonly markIndexed: (of: Checkpoint) => void;
  readonly markLive: (of: Checkpoint) => void;
  readonly recordFault: (projector: string, generation: number, message: string, now: number) => void;
  readonly remove: (of: Checkpoint) => void;
}

/** Creates the table of checkpoints where it does not exist yet. */
export const createCheckpointTable = (database: SqliteConnection): void => {
  const table = queryBuilder.schema
    .createTable('projection_checkpoints')
    .ifNotExists()
    .addColumn('projector', 'text', (c) => c.notNull())
    .addColumn('generation', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('live', 'integer', (c) => c.notNull())
    .addColumn('indexed', 'integer', (c) => c.notNull())
    .addColumn('position', 'bigint')
    .addColumn('events', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('fault', 'text')
    .addPrimaryKeyConstraint('projection_checkpoints_pk', ['projector', 'generation']);
  database.exec(table.compile().sql);
  // Creates the table of SQLite's statistics.
  database.exec('analyze projection_checkpoints');
};

export const checkpointsOf = (database: SqliteConnection): Checkpoints => {
  const table = 'projection_checkpoints';
  const q = sql<number>`?`;
  const text = sql<string>`?`;
  const rows = queryBuilder
    .selectFrom(table)
    .select(['projector', 'generation', 'version', 'live', 'indexed', 'events', 'updated_at', 'fault'])
    // As text: a position may exceed what a JavaScript number holds exactly.
    .select((eb) => eb.cast<string | null>('position', 'text').as('position'));
  const all = prepare(database, rows.orderBy('projector').orderBy('generation'));
  const one = prepare(database, rows.where('projector', '=', text).where('generation', '=', q));
  const live = prepare(database, rows.where('projector', '=', text).where('live', '=', sql<number>`1`));
  const update = queryBuilder.updateTable(table);
  const advance = prepare(
    database,
    update
      .set((eb) => ({
        position: q,
        events: eb('events', '+', q),
        updated_at: q,
        fault: sql<null>`null`,
      }))
      .where('projector', '=', text)
      .where('generation', '=', q),
  );
  const markIndexed = prepare(
    database,
    update
      .set({ indexed: sql<number>`1` })
      .where('projector', '=', text)
      .where('generation', '=', q),
  );
  const markLive = prepare(
    database,
    update
      .set({ live: sql<number>`1` })
      .where('projector', '=', text)
      .where('generation', '=', q),
  );
  const recordFault = prepare(
    database,
    update.set({ fault: text, updated_at: q }).where('projector', '=', text).where('generation', '=', q),
  );
  const remove = prepare(
    database,
    queryBuilder.deleteFrom(table).where('projector', '=', text).where('generation', '=', q),
  );
  const insert = prepare(
    database,
    queryBuilder.insertInto(table).values({
      projector: text,
      generation: q,
      version: q,
      live: q,
      indexed: q,
      position: q,
      events: q,
      updated_at: q,
      fault: text,
    }),
  );
  const found = (row: Row | undefined): Checkpoint | undefined =>
    row === undefined ? undefined : checkpointOf(row);
  return {
    all: () => all.all().map(checkpointOf),
    of: (projector, generation) => found(one.get(projector, generation)),
    live: (projector) => found(live.get(projector)),
    add: (c) => {
      insert.run(
        c.projector,
        c.generation,
        c.version,
        c.live ? 1 : 0,
        c.indexed ? 1 : 0,
        c.position,
        c.events,
        c.updatedAt,
        c.fault,
      );
    },
    advance: (of, to, events, now) => {
      advance.run(to, events, now, of.projector, of.generation);
    },
    markIndexed: (of) => {
      markIndexed.run(of.projector, of.generation);
    },
    markLive: (of) => {
      markLive.run(of.projector, of.generation);
    },
    recordFault: (projector, generation, message, now) => {
      recordFault.run(message, now, projector, generation);
    },
    remove: (of) => {
      remove.run(of.projector, of.generation);
    },
  };
};
