import type { Envelope, KeyringEvent } from '@keyturn/domain';
import type { RecordedEvent } from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';
import type { CompiledQuery, Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';

/** The projections that a read model holds. */
export const projections = ['key-list', 'run-usage', 'audit-log'] as const;
export type ProjectionName = (typeof projections)[number];

/** A projector by its name: enough to tell whether its rows are current, which is all that reading a list needs. */
export interface ProjectorIdentity {
  readonly name: ProjectionName;
  /** Raised whenever the tables or what is written to them changes: the projection is then rebuilt. */
  readonly version: number;
}

/** Every projector. Raise the version with any change to its tables, or to what it writes to them. */
export const identities = {
  'key-list': { name: 'key-list', version: 7 },
  'run-usage': { name: 'run-usage', version: 2 },
  'audit-log': { name: 'audit-log', version: 9 },
} as const satisfies Readonly<Record<ProjectionName, ProjectorIdentity>>;

/** An event of the store, decoded. */
export interface ProjectedEvent {
  readonly recorded: RecordedEvent;
  readonly event: KeyringEvent;
  readonly envelope: Envelope;
}

/** A projector at work on one generation of its tables, with what it remembers of them. */
export interface Projection {
  /**
   * Writes a batch of whole commands, in the store's order, inside a transaction of the caller's. Deterministic: the
   * rows depend on the events alone, not on how they were cut into batches, nor on the time of day.
   */
  readonly apply: (batch: ReadonlyArray<ProjectedEvent>) => void;
}

type Statements = (
  db: Kysely<ReadModelTables>,
  index: (name: string) => string,
) => ReadonlyArray<CompiledQuery>;

/** How one read model is made from events. */
export interface Projector extends ProjectorIdentity {
  /** Plain names of its tables. */
  readonly tables: ReadonlyArray<string>;
  /** The stable names under which people and queries read it. */
  readonly views: ReadonlyArray<string>;
  readonly createTables: Statements;
  /** Indexes that only queries need: built when the first long catch-up is over, much faster than row by row. */
  readonly createIndexes: Statements;
  /**
   * How many rows an index has, and how many there are for each value of its first column, first two columns, …: as in
   * SQLite's own `sqlite_stat1`. Given instead of gathered, so that the same query is planned in the same way on an
   * empty log and on one of ten million entries.
   */
  readonly indexStatistics: Readonly<Record<string, { readonly table: string; readonly stat: string }>>;
  readonly createViews: Statements;
  /** Starts on tables as they stand. */
  readonly start: (database: SqliteConnection, db: Kysely<ReadModelTables>) => Projection;
}
