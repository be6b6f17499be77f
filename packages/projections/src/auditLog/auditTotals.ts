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

type Named = Readonly<Record<string, string>>;

interface Counted {
  readonly row: Named;
  entries: number;
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
  const added = { inWorkspace: new Map<string, Counted>(), overall: new Map<string, Counted>() };
  const count = (counted: Map<string, Counted>, row: Named): void => {
    const name = Object.values(row).join('\n');
    const one = counted.get(name);
    if (one === undefined) counted.set(name, { row, entries: 1 });
    else one.entries += 1;
  };
  return {
    add: ({ workspaceId, actor, type }) => {
      for (const by of [
        { actor_id: actor.id, actor_kind: actor.kind },
        { actor_id: EVERYBODY, actor_kind: EVERYBODY },
      ]) {
        count(added.inWorkspace, { workspace_id: workspaceId, ...by, type });
        count(added.overall, { ...by, type });
      }
    },
    write: () => {
      for (const { row, entries } of added.inWorkspace.values()) inWorkspace.run({ ...row, entries });
      for (const { row, entries } of added.overall.values()) overall.run({ ...row, entries });
      added.inWorkspace.clear();
      added.overall.clear();
    },
  };
};
