import type { ActorKind } from '@keyturn/domain';
import { type Kysely, sql } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import { indexedTogether, type Term } from './auditIndexes';
import { totalsOf } from './auditTotalsQueries';

/** What an entry has to have: all of it. */
export type Terms = ReadonlyMap<Term, string>;

/** How the entries that have these terms are found. */
export interface Plan {
  /** Each is read off one index, in order of the sequence. No entry is found by two of them. */
  readonly seeks: ReadonlyArray<Terms>;
  /** What has to be looked at in each entry that is found so. */
  readonly rest: Terms;
  readonly actorKind: ActorKind | null;
  /** Whether many entries may be looked at in vain. */
  readonly wide: boolean;
}

/** So many entries are gone through in no time. */
const FEW = 4_096;

type Columns = ReadonlyArray<Term>;

/** Those of the terms that an index finds. */
const foundBy = (columns: Columns, terms: Terms): Terms =>
  new Map([...terms].filter(([term]) => columns.includes(term)));

const findsLess = (terms: Terms, one: Columns, other: Columns): boolean => {
  const [some, more] = [foundBy(one, terms), foundBy(other, terms)];
  return some.size < more.size && [...some.keys()].every((term) => more.has(term));
};

/** The indexes that the terms can be looked up in, without those that another one makes useless. */
const usableFor = (terms: Terms): ReadonlyArray<Columns> => {
  const usable = indexedTogether.filter(
    (columns) =>
      foundBy(columns, terms).size > 0 && columns.every((term) => terms.has(term) || term === 'type'),
  );
  return usable.filter((columns) => !usable.some((other) => findsLess(terms, columns, other)));
};

/** How many entries have these terms, as far as `FEW`. */
const countToFew = async (db: Kysely<ReadModelTables>, terms: Terms): Promise<number> => {
  let some = db.selectFrom('audit_entries_v2').select('sequence').limit(FEW);
  for (const [term, value] of terms) some = some.where(sql.ref<string>(term), '=', value);
  const { count } = await db
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
};

interface Asked {
  readonly actorKind: ActorKind | null;
  /** Whether all that a seek finds may be gone through, to count it or to look at its times. */
  readonly inFull: boolean;
}

/**
 * The plan follows the data: of the indexes that fit in part the one with the fewest entries is taken. That is asked of
 * the very values that are looked for, at the time that they are. Statistics of a whole column would not tell a service
 * that pins a million times from a person who acts once.
 */
export const planOf = async (
  db: Kysely<ReadModelTables>,
  terms: Terms,
  { actorKind, inFull }: Asked,
): Promise<Plan> => {
  const ofActor = await totalsOf(db, terms.get('workspace_id'), terms.get('actor_id'));
  const totals = ofActor.filter((total) => actorKind === null || total.actorKind === actorKind);
  const asked = terms.get('type');
  const types = new Set(
    totals.map(({ type }) => type).filter((type) => asked === undefined || type === asked),
  );
  if (types.size === 0) return { seeks: [], rest: new Map(), actorKind, wide: false };
  const usable = usableFor(terms);
  const [only] = usable;
  if (only === undefined) return { seeks: [new Map()], rest: terms, actorKind, wide: inFull };
  const seeksOf = (columns: Columns): ReadonlyArray<Terms> => {
    const found = foundBy(columns, terms);
    return columns.includes('type') ? [...types].map((type) => new Map([...found, ['type', type]])) : [found];
  };
  // Ids of several kinds are seldom equal.
  const kindToLookAt = totals.length < ofActor.length ? actorKind : null;
  const isWhole = foundBy(only, terms).size === terms.size && kindToLookAt === null;
  if (isWhole && !inFull) return { seeks: seeksOf(only), rest: new Map(), actorKind: null, wide: false };
  let chosen = { columns: only, entries: Number.POSITIVE_INFINITY };
  for (const columns of usable) {
    const entries = await countToFew(db, foundBy(columns, terms));
    if (entries < chosen.entries) chosen = { columns, entries };
  }
  return {
    seeks: seeksOf(chosen.columns),
    rest: new Map([...terms].filter(([term]) => !chosen.columns.includes(term))),
    actorKind: kindToLookAt,
    wide: chosen.entries >= FEW,
  };
};
