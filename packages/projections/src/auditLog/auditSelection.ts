import type { Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import { ProjectionFault } from '../faults';
import { listOf } from './anyOf';
import { branchesOf, type Branch } from './auditBranches';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import type { AuditFilter } from './auditFilter';
import { inWindow, type LogOrder, type Span, spansOf } from './auditWindow';

/** What a filter selects: span by span in the order of the log, and in each by queries that are merged by sequence. */
export interface Selection {
  readonly spans: (order: LogOrder) => AsyncIterable<Span>;
  /** One for each combination of what was named: each is read off one index, and no entry is in two of them. */
  readonly entriesOf: (span: Span) => ReadonlyArray<AuditEntriesQuery>;
}

const WHOLE: Span = { from: 1, before: Number.MAX_SAFE_INTEGER };

/** @param within - only of this part of the log */
export const selectionOf = async (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
  within: Span = WHOLE,
): Promise<Selection> => {
  if (filter.projectId !== undefined && listOf('workspaceId', filter.workspaceId) === undefined) {
    throw new ProjectionFault('invalid-query', 'Name the workspace whose project is asked for.');
  }
  const filtered = ({ workspaceId, key, actor, action }: Branch): AuditEntriesQuery => {
    let query: AuditEntriesQuery = db.selectFrom('audit_entries_v2');
    if (workspaceId !== undefined) query = query.where('workspace_id', '=', workspaceId);
    if (key !== undefined) query = query.where(key.column, '=', key.keyId);
    if (key !== undefined && key.notAbout.length > 0) {
      const { notAbout } = key;
      query = query.where((eb) => eb.or([eb('key_id', 'is', null), eb('key_id', 'not in', notAbout)]));
    }
    if (filter.runId !== undefined) query = query.where('run_id', '=', filter.runId);
    if (filter.projectId !== undefined) query = query.where('project_id', '=', filter.projectId);
    if (actor !== undefined) query = query.where('actor_id', '=', actor.id);
    if (actor?.kind !== undefined) query = query.where('actor_kind', '=', actor.kind);
    if (action !== undefined) query = query.where('type', '=', action);
    if (filter.caseId !== undefined) query = query.where('case_id', '=', filter.caseId);
    if (filter.correlationId !== undefined) query = query.where('correlation_id', '=', filter.correlationId);
    if (filter.originRef !== undefined) query = query.where('origin_ref', '=', filter.originRef);
    return inWindow(query, filter);
  };
  const queries = (await branchesOf(db, filter)).map(filtered);
  return {
    spans: (order) => spansOf(db, filter, within, order),
    entriesOf: ({ from, before }) =>
      queries.map((query) => {
        const begun = from > WHOLE.from ? query.where('sequence', '>=', from) : query;
        return before < WHOLE.before ? begun.where('sequence', '<', before) : begun;
      }),
  };
};
