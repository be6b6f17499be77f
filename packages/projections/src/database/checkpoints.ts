import type { SqliteConnection, SqliteStatement } from '@keyturn/sqlite';

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

/** No projector ever had it: that of tables which others have taken the place of. Their room is given back. */
const RETIRED = -1;

/** Whether nobody reads these tables or writes to them any more. */
export const isRetired = ({ version }: Pick<Checkpoint, 'version'>): boolean => version === RETIRED;

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
  readonly retire: (of: Checkpoint) => void;
  readonly recordFault: (projector: string, generation: number, message: string, now: number) => void;
  readonly remove: (of: Checkpoint) => void;
}

/** Creates the table of checkpoints where it does not exist yet. */
export const createCheckpointTable = (database: SqliteConnection): void => {
  database.exec(`create table if not exists projection_checkpoints (
    projector text not null,
    generation integer not null,
    version integer not null,
    live integer not null,
    indexed integer not null,
    position bigint,
    events integer not null,
    updated_at bigint not null,
    fault text,
    constraint projection_checkpoints_pk primary key (projector, generation)
  )`);
  // Creates the table of SQLite's statistics.
  database.exec('analyze projection_checkpoints');
};

// As text: a position may exceed what a JavaScript number holds exactly.
const SELECT = `select projector, generation, version, live, indexed, events, updated_at, fault,
  cast(position as text) as position from projection_checkpoints`;
const THIS_ONE = 'where projector = ? and generation = ?';

// Written as SQL: the query builder takes longer to load than a list takes to be read.
export const checkpointsOf = (database: SqliteConnection): Checkpoints => {
  const all = database.prepare<[], Row>(`${SELECT} order by projector, generation`);
  const one = database.prepare<[string, number], Row>(`${SELECT} ${THIS_ONE}`);
  const live = database.prepare<[string], Row>(`${SELECT} where projector = ? and live = 1`);
  const update = (assignments: string): SqliteStatement =>
    database.prepare(`update projection_checkpoints set ${assignments} ${THIS_ONE}`);
  const advance = update('position = ?, events = events + ?, updated_at = ?, fault = null');
  const markIndexed = update('indexed = 1');
  const markLive = update('live = 1');
  const retire = update(`live = 0, version = ${RETIRED}`);
  const recordFault = update('fault = ?, updated_at = ?');
  const remove = database.prepare(`delete from projection_checkpoints ${THIS_ONE}`);
  const insert = database.prepare(`insert into projection_checkpoints
    (projector, generation, version, live, indexed, position, events, updated_at, fault)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
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
    retire: (of) => {
      retire.run(of.projector, of.generation);
    },
    recordFault: (projector, generation, message, now) => {
      recordFault.run(message, now, projector, generation);
    },
    remove: (of) => {
      remove.run(of.projector, of.generation);
    },
  };
};
