import { genesisOf, type StreamHead } from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';
import { type Damage, isDiffers } from '../log/damage';
import type { PlacedSeal } from '../log/sealChecking';
import { ProjectionFault } from '../faults';
import type { Checkpoint } from './checkpoints';

/** How far one generation of a projection has followed one stream. */
export interface StreamState {
  readonly stream: string;
  /** Of the last event that was projected; -1 and the beginning of the chain before the first. */
  readonly head: StreamHead;
  readonly eventId: string | null;
  readonly position: bigint | null;
  /** How many revisions up to here were disowned: they were passed over. */
  readonly disowned: number;
  /** The last revision under a seal that was checked and is good; null where none was. */
  readonly sealedTo: number | null;
  /** The highest number of a log key that sealed something up to here; 0 for none. */
  readonly sealKey: number;
  /** The newest seal up to here, where nobody could check it yet. */
  readonly unchecked: PlacedSeal | null;
  /** Why the stream is followed no further; null while it is. */
  readonly damage: Damage | null;
}

type Of = Pick<Checkpoint, 'projector' | 'generation'>;

/** The streams of a read model. They share its transactions, as its checkpoints do. */
export interface StreamStates {
  readonly of: (of: Of, stream: string) => StreamState;
  /** Keeps a state. One that is marked as damaged stays so: only a new generation begins anew. */
  readonly put: (of: Of, state: StreamState) => void;
  /** Those that stand, by their names. */
  readonly damaged: (of: Of) => ReadonlyArray<readonly [stream: string, damage: Damage]>;
  /** The one whose last event has the furthest place, of those that are followed; none before the first event. */
  readonly newest: (of: Of) => ReadonlyArray<StreamState>;
  /** Those with a seal that nobody could check yet. */
  readonly unchecked: (of: Of) => ReadonlyArray<StreamState>;
  /** How many streams are followed, and of how many the newest event is under a seal that was checked. */
  readonly counts: (of: Of) => { readonly streams: number; readonly sealed: number };
}

interface Row {
  readonly stream: string;
  readonly revision: number;
  readonly chain: Uint8Array;
  readonly event_id: string | null;
  readonly position: string | null;
  readonly disowned: number;
  readonly sealed_to: number | null;
  readonly seal_key: number;
  readonly unchecked_revision: number | null;
  readonly unchecked_chain: Uint8Array | null;
  readonly unchecked_seal: Uint8Array | null;
  readonly damage: string | null;
  readonly damage_revision: number | null;
  readonly damage_detail: string | null;
}

type DamageRow = Pick<Row, 'stream' | 'damage' | 'damage_revision' | 'damage_detail'>;

/** Creates the table of streams where it does not exist yet. */
export const createStreamTable = (database: SqliteConnection): void => {
  database.exec(`create table if not exists projection_streams (
    projector text not null,
    generation integer not null,
    stream text not null,
    revision integer not null,
    chain blob not null,
    event_id text,
    position bigint,
    disowned integer not null,
    sealed_to integer,
    seal_key integer not null,
    unchecked_revision integer,
    unchecked_chain blob,
    unchecked_seal blob,
    damage text,
    damage_revision integer,
    damage_detail text,
    constraint projection_streams_pk primary key (projector, generation, stream)
  ) without rowid`);
  // Few of them: found without a walk through all streams.
  database.exec(
    'create index if not exists projection_streams_damaged on projection_streams (projector, generation, stream) ' +
      'where damage is not null',
  );
};

/** Forgets the streams of a generation. In the caller's transaction. */
export const dropStreams = (database: SqliteConnection, { projector, generation }: Of): void => {
  database
    .prepare('delete from projection_streams where projector = ? and generation = ?')
    .run(projector, generation);
};

const damageOf = ({ stream, damage, damage_revision, damage_detail }: DamageRow): Damage | null => {
  if (damage === null) return null;
  if (isDiffers(damage) && damage_revision !== null)
    return { differs: damage, revision: damage_revision, detail: damage_detail };
  throw new ProjectionFault(
    'corrupt',
    `The read model has a damage of ${stream} that can't be read. Move its file away and open again: everything in ` +
      'it is rebuilt from the event store.',
  );
};

const uncheckedOf = (row: Row): PlacedSeal | null =>
  row.unchecked_revision === null || row.unchecked_chain === null || row.unchecked_seal === null
    ? null
    : {
        revision: row.unchecked_revision,
        chain: row.unchecked_chain,
        seal: row.unchecked_seal,
        sealKey: row.seal_key,
      };

const stateOf = (row: Row): StreamState => ({
  stream: row.stream,
  head: { revision: row.revision, chain: row.chain },
  eventId: row.event_id,
  position: row.position === null ? null : BigInt(row.position),
  disowned: row.disowned,
  sealedTo: row.sealed_to,
  sealKey: row.seal_key,
  unchecked: uncheckedOf(row),
  damage: damageOf(row),
});

/** Of a stream that was not followed yet. */
export const freshStreamState = (stream: string): StreamState => ({
  stream,
  head: genesisOf(stream),
  eventId: null,
  position: null,
  disowned: 0,
  sealedTo: null,
  sealKey: 0,
  unchecked: null,
  damage: null,
});

const COLUMNS = `stream, revision, chain, event_id, cast(position as text) as position, disowned, sealed_to, seal_key,
  unchecked_revision, unchecked_chain, unchecked_seal, damage, damage_revision, damage_detail`;
const OF = 'from projection_streams where projector = ? and generation = ?';

// Written as SQL: the query builder takes longer to load than a list takes to be read.
export const streamStatesOf = (database: SqliteConnection): StreamStates => {
  const one = database.prepare<[string, number, string], Row>(`select ${COLUMNS} ${OF} and stream = ?`);
  const damaged = database.prepare<[string, number], DamageRow>(
    `select stream, damage, damage_revision, damage_detail ${OF} and damage is not null order by stream`,
  );
  const newest = database.prepare<[string, number], Row>(
    `select ${COLUMNS} from projection_streams as s where projector = ? and generation = ? and damage is null
     and s.position is not null order by s.position desc limit 1`,
  );
  const unchecked = database.prepare<[string, number], Row>(
    `select ${COLUMNS} ${OF} and damage is null and unchecked_revision is not null`,
  );
  const counts = database.prepare<[string, number], { readonly streams: number; readonly sealed: number }>(
    `select count(*) as streams, count(case when sealed_to = revision then 1 end) as sealed ${OF} and damage is null`,
  );
  const upsert = database.prepare(`insert into projection_streams
    (projector, generation, stream, revision, chain, event_id, position, disowned, sealed_to, seal_key,
     unchecked_revision, unchecked_chain, unchecked_seal, damage, damage_revision, damage_detail)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (projector, generation, stream) do update set
      revision = excluded.revision, chain = excluded.chain, event_id = excluded.event_id,
      position = excluded.position, disowned = excluded.disowned,
      sealed_to = excluded.sealed_to, seal_key = excluded.seal_key,
      unchecked_revision = excluded.unchecked_revision, unchecked_chain = excluded.unchecked_chain,
      unchecked_seal = excluded.unchecked_seal, damage = excluded.damage,
      damage_revision = excluded.damage_revision, damage_detail = excluded.damage_detail
    where projection_streams.damage is null`);
  return {
    of: ({ projector, generation }, stream) => {
      const row = one.get(projector, generation, stream);
      return row === undefined ? freshStreamState(stream) : stateOf(row);
    },
    put: ({ projector, generation }, state) => {
      upsert.run(
        projector,
        generation,
        state.stream,
        state.head.revision,
        state.head.chain,
        state.eventId,
        state.position,
        state.disowned,
        state.sealedTo,
        state.sealKey,
        state.unchecked?.revision ?? null,
        state.unchecked?.chain ?? null,
        state.unchecked?.seal ?? null,
        state.damage?.differs ?? null,
        state.damage?.revision ?? null,
        state.damage?.detail ?? null,
      );
    },
    damaged: ({ projector, generation }) =>
      damaged.all(projector, generation).flatMap((row) => {
        const damage = damageOf(row);
        return damage === null ? [] : [[row.stream, damage] as const];
      }),
    newest: ({ projector, generation }) => newest.all(projector, generation).map(stateOf),
    unchecked: ({ projector, generation }) => unchecked.all(projector, generation).map(stateOf),
    counts: ({ projector, generation }) => counts.get(projector, generation) ?? { streams: 0, sealed: 0 },
  };
};
