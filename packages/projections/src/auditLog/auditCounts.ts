import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import type { Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import { type AuditFilter, selectionOf } from './auditFilter';

export interface ActionCount {
  readonly action: KeyringEventType;
  readonly count: number;
}

export interface ActorCount {
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly count: number;
}

const mostFirst = <T extends { readonly count: number }>(
  counts: Iterable<T>,
  name: (count: T) => string,
): ReadonlyArray<T> => [...counts].sort((a, b) => b.count - a.count || (name(a) < name(b) ? -1 : 1));

async function* partsOf(db: Kysely<ReadModelTables>, filter: AuditFilter): AsyncGenerator<AuditEntriesQuery> {
  const { spans, entriesOf } = await selectionOf(db, filter);
  for await (const span of spans('oldest-first')) yield* entriesOf(span);
}

/** How many entries of each type there are, the most frequent first. */
export const countByAction = async (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
): Promise<ReadonlyArray<ActionCount>> => {
  const counts = new Map<KeyringEventType, number>();
  for await (const entries of partsOf(db, filter)) {
    const rows = await entries
      .select('type')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .groupBy('type')
      .execute();
    for (const { type, count } of rows) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return mostFirst(
    [...counts].map(([action, count]) => ({ action, count })),
    ({ action }) => action,
  );
};

/** How many entries each actor caused, the most active first. */
export const countByActor = async (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
): Promise<ReadonlyArray<ActorCount>> => {
  const counts = new Map<string, ActorCount>();
  for await (const entries of partsOf(db, filter)) {
    const rows = await entries
      .select(['actor_kind as actorKind', 'actor_id as actorId'])
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .groupBy(['actor_id', 'actor_kind'])
      .execute();
    for (const row of rows) {
      const name = `${row.actorKind}:${row.actorId}`;
      counts.set(name, { ...row, count: row.count + (counts.get(name)?.count ?? 0) });
    }
  }
  return mostFirst(counts.values(), ({ actorKind, actorId }) => `${actorKind}:${actorId}`);
};
