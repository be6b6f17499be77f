import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import type { Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import { ProjectionFault } from '../faults';
import type { AuditEntriesQuery } from './auditEntriesQuery';
import { inWindow, type LogOrder, type Span, spansOf, type TimeWindow } from './auditWindow';

/** Which entries: those for which everything named here is so. Nothing named: all. */
export interface AuditFilter extends TimeWindow {
  readonly workspaceId?: string;
  /** Entries about the key, and those by which a Default moved away from it. */
  readonly keyId?: string;
  readonly runId?: string;
  /** A project's name means something in its workspace alone: `workspaceId` has to be named with it. */
  readonly projectId?: string;
  readonly actorId?: string;
  /** Tells apart actors of one id: `actorId` has to be named with it. */
  readonly actorKind?: ActorKind;
  readonly action?: KeyringEventType;
  readonly caseId?: string;
  readonly correlationId?: string;
}

/** One part of an answer, read off one index in order of the sequence. */
interface Branch {
  readonly workspaceId?: string;
  readonly keyColumn?: 'key_id' | 'previous_key_id';
}

/** A key or run id that so many workspaces know is asked for with its workspace. */
const MOST_WORKSPACES = 50;

/** What a filter selects: span by span in the order of the log, and in each by queries that are merged by sequence. */
export interface Selection {
  readonly spans: (order: LogOrder) => AsyncIterable<Span>;
  /**
   * Mostly one. A key asks two columns; a key or run without its workspace is looked up first, since the indexes begin
   * with the workspace.
   */
  readonly entriesOf: (span: Span) => ReadonlyArray<AuditEntriesQuery>;
}

const WHOLE: Span = { from: 1, before: Number.MAX_SAFE_INTEGER };

/** @param within - only of this part of the log */
export const selectionOf = async (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
  within: Span = WHOLE,
): Promise<Selection> => {
  if (filter.projectId !== undefined && filter.workspaceId === undefined) {
    throw new ProjectionFault('invalid-query', 'Name the workspace whose project is asked for.');
  }
  if (filter.actorKind !== undefined && filter.actorId === undefined) {
    throw new ProjectionFault('invalid-query', 'Name the actor whose kind is asked for.');
  }
  const branches = await branchesOf(db, filter);
  const filtered = ({ workspaceId, keyColumn }: Branch): AuditEntriesQuery => {
    let query: AuditEntriesQuery = db.selectFrom('audit_entries_v2');
    if (workspaceId !== undefined) query = query.where('workspace_id', '=', workspaceId);
    if (keyColumn !== undefined && filter.keyId !== undefined) {
      query = query.where(keyColumn, '=', filter.keyId);
    }
    if (filter.runId !== undefined) query = query.where('run_id', '=', filter.runId);
    if (filter.projectId !== undefined) query = query.where('project_id', '=', filter.projectId);
    if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId);
    if (filter.actorKind !== undefined) query = query.where('actor_kind', '=', filter.actorKind);
    if (filter.action !== undefined) query = query.where('type', '=', filter.action);
    if (filter.caseId !== undefined) query = query.where('case_id', '=', filter.caseId);
    if (filter.correlationId !== undefined) query = query.where('correlation_id', '=', filter.correlationId);
    return inWindow(query, filter);
  };
  const queries = branches.map(filtered);
  return {
    spans: (order) => spansOf(db, filter, within, order),
    entriesOf: ({ from, before }) =>
      queries.map((query) => {
        const begun = from > WHOLE.from ? query.where('sequence', '>=', from) : query;
        return before < WHOLE.before ? begun.where('sequence', '<', before) : begun;
      }),
  };
};

const branchesOf = async (
  db: Kysely<ReadModelTables>,
  { workspaceId, keyId, runId }: AuditFilter,
): Promise<ReadonlyArray<Branch>> => {
  const workspaces =
    workspaceId !== undefined
      ? [workspaceId]
      : keyId !== undefined
        ? await workspacesOfKey(db, keyId)
        : runId !== undefined
          ? await workspacesOfRun(db, runId)
          : [undefined];
  if (workspaces.length > MOST_WORKSPACES) {
    throw new ProjectionFault(
      'invalid-query',
      `More than ${MOST_WORKSPACES} workspaces know this ${keyId === undefined ? 'run' : 'key'} id: ` +
        'name the workspace too.',
    );
  }
  return workspaces.flatMap((workspace): ReadonlyArray<Branch> => {
    const branch = workspace === undefined ? {} : { workspaceId: workspace };
    if (keyId === undefined) return [branch];
    return [
      { ...branch, keyColumn: 'key_id' },
      { ...branch, keyColumn: 'previous_key_id' },
    ];
  });
};

const workspacesOfKey = async (
  db: Kysely<ReadModelTables>,
  keyId: string,
): Promise<ReadonlyArray<string>> => {
  const rows = await db
    .selectFrom('audit_known_keys')
    .select('workspace_id')
    .where('key_id', '=', keyId)
    .limit(MOST_WORKSPACES + 1)
    .execute();
  return rows.map((row) => row.workspace_id);
};

const workspacesOfRun = async (
  db: Kysely<ReadModelTables>,
  runId: string,
): Promise<ReadonlyArray<string>> => {
  const rows = await db
    .selectFrom('audit_entries_v2')
    .select('workspace_id')
    .distinct()
    .where('run_id', '=', runId)
    .limit(MOST_WORKSPACES + 1)
    .execute();
  return rows.map((row) => row.workspace_id);
};
