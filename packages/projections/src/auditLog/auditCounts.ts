import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import { sql } from 'kysely';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import type { AuditFilter } from './auditFilter';
import { branchesOf } from './auditBranches';
import { type AuditSource, selectionOf } from './auditSelection';
import { EVERYBODY } from './auditTotals';
import { type Total, totalsOf, totalsOfEach } from './auditTotalsQueries';

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
  /** As the newest of these entries has it. */
  readonly label: string | null;
  readonly count: number;
}

interface Count {
  readonly count: number;
  /** The sequence of the newest entry, where the rest is said of that one. */
  readonly newest?: number;
}

async function* partsOf(source: AuditSource, filter: AuditFilter): AsyncGenerator<AuditEntriesQuery> {
  const { spans, entriesOf } = await selectionOf(source, filter, null);
  for await (const span of spans('oldest-first')) yield* entriesOf(span);
}

/** The counts of all parts, added up by name, the largest first. */
const addedUp = async <A, C extends Count>(
  parts: AsyncIterable<A>,
  countsOf: (part: A) => ReadonlyArray<C> | Promise<ReadonlyArray<C>>,
  name: (count: C) => string,
): Promise<ReadonlyArray<C>> => {
  const sums = new Map<string, C>();
  for await (const entries of parts) {
    for (const found of await countsOf(entries)) {
      const before = sums.get(name(found)) ?? { ...found, count: 0 };
      const newer = (before.newest ?? 0) > (found.newest ?? 0) ? before : found;
      sums.set(name(found), { ...newer, count: found.count + before.count });
    }
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || (name(a) < name(b) ? -1 : 1));
};

/** Whether nothing else is named than what totals are kept of. */
const isOfTotals = ({ isIndexed }: AuditSource, filter: AuditFilter): boolean =>
  isIndexed() &&
  Object.entries(filter).every(
    ([name, value]) => value === undefined || ['workspaceId', 'actor', 'action'].includes(name),
  );

/** The totals of what a filter names, those of each actor where it names none. */
async function* totalsBy(
  { db }: AuditSource,
  filter: AuditFilter,
  each: boolean,
): AsyncGenerator<Total & { readonly actorId: string }> {
  for (const { workspaceId, actor, action } of await branchesOf(db, filter)) {
    const actorId = actor?.id ?? EVERYBODY;
    const found =
      actor === undefined && each
        ? await totalsOfEach(db, workspaceId)
        : (await totalsOf(db, workspaceId, actorId)).map((total) => ({ ...total, actorId }));
    yield* found.filter(
      ({ type, actorKind }) =>
        (action === undefined || type === action) &&
        (actor?.kind === undefined || actorKind === actor.kind) &&
        (actor === undefined || actorKind !== EVERYBODY),
    );
  }
}

/** How many entries of each type there are, the most frequent first. */
export const countByAction = async (
  source: AuditSource,
  filter: AuditFilter,
): Promise<ReadonlyArray<ActionCount>> => {
  const name = ({ action }: ActionCount): string => action;
  if (isOfTotals(source, filter)) {
    return addedUp(
      totalsBy(source, filter, false),
      ({ type, entries }) => [{ action: type, count: entries }],
      name,
    );
  }
  return addedUp(
    partsOf(source, filter),
    (entries) =>
      entries
        .select('type as action')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .groupBy('type')
        .execute(),
    name,
  );
};

/** How many entries each actor caused, the most active first. */
export const countByActor = async (
  source: AuditSource,
  filter: AuditFilter,
): Promise<ReadonlyArray<ActorCount>> => {
  const name = ({ actorKind, actorId }: ActorCount): string => `${actorKind}:${actorId}`;
  if (isOfTotals(source, filter)) {
    return addedUp(
      totalsBy(source, filter, true),
      ({ actorKind, actorId, entries }) =>
        actorKind === EVERYBODY ? [] : [{ actorKind, actorId, count: entries }],
      name,
    );
  }
  return addedUp(
    partsOf(source, filter),
    (entries) =>
      entries
        .select(['actor_kind as actorKind', 'actor_id as actorId'])
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .groupBy(['actor_id', 'actor_kind'])
        .execute(),
    name,
  );
};

/** How many entries the store recorded on each day, the oldest first. */
export const countByDay = async (
  source: AuditSource,
  filter: AuditFilter,
): Promise<ReadonlyArray<DayCount>> => {
  const counts = await addedUp(
    partsOf(source, filter),
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
export const countByKey = async (
  source: AuditSource,
  filter: AuditFilter,
): Promise<ReadonlyArray<KeyCount>> => {
  const counts = await addedUp(
    partsOf(source, filter),
    (entries) =>
      entries
        // Beside one `max`, SQLite takes these of the very row that has it.
        .select(['workspace_id as workspaceId', 'key_id as keyId', 'last4', 'vendor', 'label'])
        .select((eb) => [eb.fn.max('sequence').as('newest'), eb.fn.countAll<number>().as('count')])
        .groupBy(['workspace_id', 'key_id'])
        .execute(),
    ({ workspaceId, keyId }) => `${workspaceId} ${keyId ?? ''}`,
  );
  return counts.map(({ workspaceId, keyId, last4, vendor, label, count }) => ({
    workspaceId,
    keyId,
    last4,
    vendor,
    label,
    count,
  }));
};
