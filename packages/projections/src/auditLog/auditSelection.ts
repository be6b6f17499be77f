import { type Kysely, sql } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import { ProjectionFault } from '../faults';
import { listOf } from './anyOf';
import { type Branch, branchesOf } from './auditBranches';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import type { AuditFilter } from './auditFilter';
import type { Term } from './auditIndexes';
import { type Plan, planOf, type Terms } from './auditPlan';
import { slicesOf, type TimeLimit } from './auditSlices';
import { inWindow, isOpen, type LogOrder, type Span, spansOf } from './auditWindow';

/** Where the audit log is read. */
export interface AuditSource extends TimeLimit {
  readonly db: Kysely<ReadModelTables>;
  /** Whether all indexes and totals of this release are there; without them answers are right, and slow. */
  readonly isIndexed: () => boolean;
}

/**
 * What a filter selects of the entries that there were when it was made: part by part in the order of the log, and in
 * each by queries that are merged by sequence.
 */
export interface Selection {
  readonly spans: (order: LogOrder) => AsyncIterable<Span>;
  /** Each is read off one index, and no entry is in two of them. */
  readonly entriesOf: (span: Span) => ReadonlyArray<AuditEntriesQuery>;
}

const WHOLE: Span = { from: 1, before: Number.MAX_SAFE_INTEGER };

/** @param within - only of this part of the log, from where a page begins; null to go through all that is selected */
export const selectionOf = async (
  source: AuditSource,
  filter: AuditFilter,
  within: Span | null,
): Promise<Selection> => {
  if (filter.projectId !== undefined && listOf('workspaceId', filter.workspaceId) === undefined) {
    throw new ProjectionFault('invalid-query', 'Name the workspace whose project is asked for.');
  }
  const { db, timeLimitMs } = source;
  // Before all else: what comes later may be of kinds that the plans know nothing of.
  const last = await lastOf(db);
  const { from, before } = within ?? WHOLE;
  const known: Span = { from, before: Math.min(before, last + 1) };
  const inFull = within === null || !isOpen(filter);
  const plans = await plansOf(source, filter, inFull);
  const wide = plans.some(({ plan }) => plan.wide);
  const queries = plans.flatMap(({ branch, plan }) =>
    plan.seeks.map((seek) => inWindow(entriesBy(db, branch, seek, plan), filter)),
  );
  return {
    spans: (order) => {
      const spans = spansOf(db, filter, known, order);
      return wide ? slicesOf(spans, { order, last, timeLimitMs }) : spans;
    },
    entriesOf: (span) =>
      queries.map((query) => {
        const ended = query.where('sequence', '<', span.before);
        return span.from > WHOLE.from ? ended.where('sequence', '>=', span.from) : ended;
      }),
  };
};

const plansOf = async (
  { db, isIndexed }: AuditSource,
  filter: AuditFilter,
  inFull: boolean,
): Promise<ReadonlyArray<{ readonly branch: Branch; readonly plan: Plan }>> => {
  const indexed = isIndexed();
  const plans = [];
  for (const branch of await branchesOf(db, filter)) {
    const terms = termsOf(branch, filter);
    const actorKind = branch.actor?.kind ?? null;
    const plan: Plan = indexed
      ? await planOf(db, terms, { actorKind, inFull })
      : { seeks: [terms], rest: new Map(), actorKind, wide: true };
    plans.push({ branch, plan });
  }
  return plans;
};

const termsOf = ({ workspaceId, key, actor, action }: Branch, filter: AuditFilter): Terms => {
  const terms = new Map<Term, string>();
  const name = (term: Term, value: string | undefined): void => {
    if (value !== undefined) terms.set(term, value);
  };
  name('workspace_id', workspaceId);
  if (key !== undefined) name(key.column, key.keyId);
  name('run_id', filter.runId);
  name('project_id', filter.projectId);
  name('actor_id', actor?.id);
  name('type', action);
  name('case_id', filter.caseId);
  name('correlation_id', filter.correlationId);
  name('origin_ref', filter.originRef);
  return terms;
};

const entriesBy = (
  db: Kysely<ReadModelTables>,
  { key }: Branch,
  seek: Terms,
  { rest, actorKind }: Plan,
): AuditEntriesQuery => {
  let query: AuditEntriesQuery = db.selectFrom('audit_entries_v2');
  for (const [term, value] of seek) query = query.where(sql.ref<string>(term), '=', value);
  // The sign keeps SQLite from looking this up in an index of its own choice.
  for (const [term, value] of rest) query = query.where(sql<string>`+${sql.ref(term)}`, '=', value);
  if (actorKind !== null) query = query.where('actor_kind', '=', actorKind);
  if (key === undefined || key.notAbout.length === 0) return query;
  const { notAbout } = key;
  return query.where((eb) => eb.or([eb('key_id', 'is', null), eb('key_id', 'not in', notAbout)]));
};

const lastOf = async (db: Kysely<ReadModelTables>): Promise<number> => {
  const found = await db
    .selectFrom('audit_entries_v2')
    .select((eb) => eb.fn.max('sequence').as('last'))
    .executeTakeFirst();
  return found?.last ?? 0;
};
