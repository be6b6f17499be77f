import type { Database } from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { prepare } from '../database/queryBuilder';
import type { ReadModelTables } from '../database/tables';

/** The projects of open runs: later events of a run do not name its project. Only runs that have one take a row. */
interface RunsOfLog {
  readonly start: (
    workspaceId: string,
    run: { readonly runId: string; readonly projectId: string | null },
  ) => void;
  readonly projectOf: (workspaceId: string, runId: string) => string | null;
  readonly end: (workspaceId: string, runId: string) => void;
  /** Writes what changed in this batch. A run that started and ended in it never reaches the table. */
  readonly write: () => void;
}

interface Change {
  readonly workspaceId: string;
  readonly runId: string;
  readonly stored: string | null;
  projectId: string | null;
}

export const runsOfLog = (database: Database, db: Kysely<ReadModelTables>): RunsOfLog => {
  const text = sql<string>`?`;
  const find = prepare(
    database,
    db
      .selectFrom('audit_runs')
      .select('project_id')
      .where('workspace_id', '=', text)
      .where('run_id', '=', text),
  );
  const remove = prepare(
    database,
    db.deleteFrom('audit_runs').where('workspace_id', '=', text).where('run_id', '=', text),
  );
  const insert = prepare(
    database,
    db.insertInto('audit_runs').values({ workspace_id: text, run_id: text, project_id: text }),
  );
  let changes = new Map<string, Change>();

  const changeOf = (workspaceId: string, runId: string): Change => {
    const name = `${workspaceId}/${runId}`;
    const known = changes.get(name);
    if (known !== undefined) return known;
    const stored = find.get(workspaceId, runId)?.project_id ?? null;
    const change = { workspaceId, runId, stored, projectId: stored };
    changes.set(name, change);
    return change;
  };

  return {
    start: (workspaceId, { runId, projectId }) => {
      changeOf(workspaceId, runId).projectId = projectId;
    },
    projectOf: (workspaceId, runId) => changeOf(workspaceId, runId).projectId,
    end: (workspaceId, runId) => {
      changeOf(workspaceId, runId).projectId = null;
    },
    write: () => {
      for (const { workspaceId, runId, stored, projectId } of changes.values()) {
        if (stored === projectId) continue;
        if (stored !== null) remove.run(workspaceId, runId);
        if (projectId !== null) insert.run(workspaceId, runId, projectId);
      }
      changes = new Map();
    },
  };
};
