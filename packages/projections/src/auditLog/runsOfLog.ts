import type { SqliteConnection } from '@keyturn/sqlite';
import type { Kysely } from 'kysely';
import { bind, prepareNamed } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';
import { BoundedCache } from '../runtime/boundedCache';

const REMEMBERED_RUNS = 20_000;

/** The projects of open runs: later events of a run do not name its project. Only runs that have one take a row. */
interface RunsOfLog {
  readonly start: (
    workspaceId: string,
    run: { readonly runId: string; readonly projectId: string | null },
  ) => void;
  /** Null for a run without a project, and for one that is not open. */
  readonly projectOf: (workspaceId: string, runId: string) => string | null;
  readonly end: (workspaceId: string, runId: string) => void;
  /** Writes what this batch changed. A run that started and ended in it never reaches the table. */
  readonly write: () => void;
}

interface Run {
  readonly workspaceId: string;
  readonly runId: string;
  projectId: string | null;
  /** What the table holds. */
  stored: string | null;
}

export const runsOfLog = (database: SqliteConnection, db: Kysely<ReadModelTables>): RunsOfLog => {
  const find = prepareNamed(
    database,
    db
      .selectFrom('audit_runs')
      .select('project_id')
      .where('workspace_id', '=', bind('workspace_id'))
      .where('run_id', '=', bind('run_id')),
  );
  const remove = prepareNamed(
    database,
    db
      .deleteFrom('audit_runs')
      .where('workspace_id', '=', bind('workspace_id'))
      .where('run_id', '=', bind('run_id')),
  );
  const insert = prepareNamed(
    database,
    db
      .insertInto('audit_runs')
      .values({ workspace_id: bind('workspace_id'), run_id: bind('run_id'), project_id: bind('project_id') })
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'run_id'])
          .doUpdateSet((eb) => ({ project_id: eb.ref('excluded.project_id') })),
      ),
  );
  const remembered = new BoundedCache<Run>(REMEMBERED_RUNS);
  const changed = new Set<Run>();

  const runOf = (workspaceId: string, runId: string): Run => {
    const known = remembered.get(workspaceId, runId);
    if (known !== undefined) return known;
    const stored = find.get({ workspace_id: workspaceId, run_id: runId })?.project_id ?? null;
    const run = { workspaceId, runId, stored, projectId: stored };
    remembered.set(workspaceId, runId, run);
    return run;
  };

  return {
    start: (workspaceId, { runId, projectId }) => {
      // A pin is the start of a run that is not open: no row of it is looked for.
      const run = { workspaceId, runId, projectId, stored: null };
      remembered.set(workspaceId, runId, run);
      if (projectId !== null) changed.add(run);
    },
    projectOf: (workspaceId, runId) => runOf(workspaceId, runId).projectId,
    end: (workspaceId, runId) => {
      const run = runOf(workspaceId, runId);
      if (run.projectId === null) return;
      run.projectId = null;
      changed.add(run);
    },
    write: () => {
      for (const run of changed) {
        if (run.stored === run.projectId) continue;
        const named = { workspace_id: run.workspaceId, run_id: run.runId };
        if (run.projectId === null) remove.run(named);
        else insert.run({ ...named, project_id: run.projectId });
        run.stored = run.projectId;
      }
      changed.clear();
    },
  };
};
