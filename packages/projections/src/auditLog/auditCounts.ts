import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import { type Kysely, sql } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import type { AuditFilter } from './auditFilter';
import { selectionOf } from './auditSelection';

export interface ActionCount {
  readonly action: KeyringEventType;
  readonly count: number;
}

export interface ActorCount {
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly count: number;
}

export interface DayCount {
  /** Such as `2026-11-23`: in UTC, by the store's time. */
  readonly day: string;
  readonly count: number;
}

export interface KeyCount {
  readonly workspaceId: string;
  /** Null for what is about no key. */
  readonly keyId: string | null;
  readonly last4: string | null;
  readonly vendor: string | null;
  readonly label: string | null;
  readonly count: number;
}

type Count = { readonly count: number };

async function* partsOf(db: Kysely<ReadModelTables>, filter: AuditFilter): AsyncGenerator<AuditEntriesQuery> {
  const { spans, entriesOf } = await selectionOf(db, filter);
  for await (const span of spans('oldest-first')) yield* entriesOf(span);
}

/** The counts of all parts, added up by name, the largest first. */
const addedUp = async <C extends Count>(
  parts: AsyncIterable<AuditEntriesQuery>,
  countsOf: (entries: AuditEntriesQuery) => Promise<ReadonlyArray<C>>,
  name: (count: C) => string,
): Promise<ReadonlyArray<C>> => {
  const sums = new Map<string, C>();
  for await (const entries of parts) {
    for (const found of await countsOf(entries)) {
      const before = sums.get(name(found))?.count ?? 0;
      sums.set(name(found), { ...found, count: found.count + before });
    }
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || (name(a) < name(b) ? -1 : 1));
};

/** How many entries of each type there are, the most frequent first. */
export const countByAction = (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
): Promise<ReadonlyArray<ActionCount>> =>
  addedUp(
    partsOf(db, filter),
    (entries) =>
      entries
        .select('type as action')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .groupBy('type')
        .execute(),
    ({ action }) => action,
  );

/** How many entries each actor caused, the most active first. */
export const countByActor = (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
): Promise<ReadonlyArray<ActorCount>> =>
  addedUp(
    partsOf(db, filter),
    (entries) =>
      entries
        .select(['actor_kind as actorKind', 'actor_id as actorId'])
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .groupBy(['actor_id', 'actor_kind'])
        .execute(),
    ({ actorKind, actorId }) => `${actorKind}:${actorId}`,
  );

/** How many entries the store recorded on each day, the oldest first. */
export const countByDay = async (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
): Promise<ReadonlyArray<DayCount>> => {
  const counts = await addedUp(
    partsOf(db, filter),
    (entries) =>
      entries
        .select(sql<string>`substr(recorded_at, 1, 10)`.as('day'))
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .groupBy('day')
        .execute(),
    ({ day }) => day,
  );
  return [...counts].sort((a, b) => (a.day < b.day ? -1 : 1));
};

/** How many entries there are about each key, the most frequent first. */
export const countByKey = (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
): Promise<ReadonlyArray<KeyCount>> =>
  addedUp(
    partsOf(db, filter),
    (entries) =>
      entries
        .select(['workspace_id as workspaceId', 'key_id as keyId'])
        .select((eb) => [
          eb.fn.max('last4').as('last4'),
          eb.fn.max('vendor').as('vendor'),
          eb.fn.max('label').as('label'),
          eb.fn.countAll<number>().as('count'),
        ])
        .groupBy(['workspace_id', 'key_id'])
        .execute(),
    ({ workspaceId, keyId }) => `${workspaceId} ${keyId ?? ''}`,
  );
