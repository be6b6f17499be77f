import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import type { Kysely } from 'kysely';
import { bind, prepareNamed } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';

/** Stands in the place of an actor's id and kind where all actors are counted together. */
export const EVERYBODY = '';

/** Who did what, and where. */
interface Act {
  readonly workspaceId: string;
  readonly actor: { readonly kind: ActorKind; readonly id: string };
  readonly type: KeyringEventType;
}

/** How many entries there are of each kind: kept as they come, so that nobody has to count them. */
interface TotalsOfLog {
  readonly add: (act: Act) => void;
  /** Writes what this batch added. */
  readonly write: () => void;
}

/** As in the tables, EVERYBODY included. */
interface Counted {
  readonly actor_id: string;
  readonly actor_kind: string;
  readonly type: KeyringEventType;
  entries: number;
}

/** Entries by who made them and of which type. */
class Counts {
  readonly #counted = new Map<string, Counted>();

  add(actor_id: string, actor_kind: string, type: KeyringEventType, entries: number): void {
    const name = `${type}\n${actor_kind}\n${actor_id}`;
    const one = this.#counted.get(name);
    if (one === undefined) this.#counted.set(name, { actor_id, actor_kind, type, entries });
    else one.entries += entries;
  }

  addAll(others: Counts): void {
    for (const { actor_id, actor_kind, type, entries } of others) {
      this.add(actor_id, actor_kind, type, entries);
    }
  }

  /** With those of everybody together. */
  withEverybody(): Counts {
    const all = new Counts();
    all.addAll(this);
    for (const { type, entries } of this) all.add(EVERYBODY, EVERYBODY, type, entries);
    return all;
  }

  [Symbol.iterator](): MapIterator<Counted> {
    return this.#counted.values();
  }
}

export const totalsOfLog = (database: SqliteConnection, db: Kysely<ReadModelTables>): TotalsOfLog => {
  const inWorkspace = prepareNamed(
    database,
    db
      .insertInto('audit_totals')
      .values({
        workspace_id: bind('workspace_id'),
        actor_id: bind('actor_id'),
        actor_kind: bind<ActorKind>('actor_kind'),
        type: bind<KeyringEventType>('type'),
        entries: bind<number>('entries'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'actor_id', 'actor_kind', 'type'])
          .doUpdateSet((eb) => ({ entries: eb('audit_totals.entries', '+', eb.ref('excluded.entries')) })),
      ),
  );
  const overall = prepareNamed(
    database,
    db
      .insertInto('audit_totals_overall')
      .values({
        actor_id: bind('actor_id'),
        actor_kind: bind<ActorKind>('actor_kind'),
        type: bind<KeyringEventType>('type'),
        entries: bind<number>('entries'),
      })
      .onConflict((conflict) =>
        conflict.columns(['actor_id', 'actor_kind', 'type']).doUpdateSet((eb) => ({
          entries: eb('audit_totals_overall.entries', '+', eb.ref('excluded.entries')),
        })),
      ),
  );
  const added = new Map<string, Counts>();
  return {
    add: ({ workspaceId, actor, type }) => {
      let counts = added.get(workspaceId);
      if (counts === undefined) {
        counts = new Counts();
        added.set(workspaceId, counts);
      }
      counts.add(actor.id, actor.kind, type, 1);
    },
    write: () => {
      const all = new Counts();
      for (const [workspace_id, counts] of added) {
        for (const counted of counts.withEverybody()) inWorkspace.run({ workspace_id, ...counted });
        all.addAll(counts);
      }
      for (const counted of all.withEverybody()) overall.run({ ...counted });
      added.clear();
    },
  };
};
