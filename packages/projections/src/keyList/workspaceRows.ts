import type { KeyStatus } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import type { Kysely } from 'kysely';
import { bind, prepareInsert, prepareNamed, prepareUpdate } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';
import type { ProjectedEvent } from '../runtime/projector';
import { WORKSPACE_COLUMNS, type WorkspacesTable } from './workspaceTables';

const COLUMN = {
  pending: 'pending',
  active: 'active',
  failed: 'failed',
  retired: 'retired',
  'hard-deleted': 'hard_deleted',
} as const satisfies Readonly<Record<KeyStatus, keyof WorkspacesTable>>;

/** The workspaces that a batch is about: each is read once and written once. */
export interface WorkspaceRows {
  /** Counts an event in. */
  readonly enter: (event: ProjectedEvent) => void;
  /** A key came to a status, from another one unless it is new. */
  readonly moved: (workspaceId: string, from: KeyStatus | null, to: KeyStatus) => void;
  readonly write: () => void;
}

const fresh = (workspaceId: string, time: number): WorkspacesTable => ({
  workspace_id: workspaceId,
  first_event_at: time,
  last_activity_at: null,
  closed_at: null,
  closed_case_id: null,
  default_key_id: null,
  pending: 0,
  active: 0,
  failed: 0,
  retired: 0,
  hard_deleted: 0,
});

/** Made once for a generation's tables; gives the rows of a batch. */
export const workspaceRowsOf = (
  database: SqliteConnection,
  db: Kysely<ReadModelTables>,
): (() => WorkspaceRows) => {
  const find = prepareNamed(
    database,
    db.selectFrom('workspaces').selectAll().where('workspace_id', '=', bind('workspace_id')),
  );
  const insert = prepareInsert(database, db, 'workspaces', WORKSPACE_COLUMNS);
  const update = prepareUpdate(database, db, 'workspaces', WORKSPACE_COLUMNS, {
    key: ['workspace_id'],
    settled: ['first_event_at'],
  });

  return () => {
    const rows = new Map<string, WorkspacesTable>();
    const added = new Set<WorkspacesTable>();
    const rowOf = (workspaceId: string, time: number): WorkspacesTable => {
      const known = rows.get(workspaceId) ?? find.get({ workspace_id: workspaceId });
      const row = known ?? fresh(workspaceId, time);
      if (known === undefined) added.add(row);
      rows.set(workspaceId, row);
      return row;
    };
    return {
      enter: ({ event, envelope }) => {
        const row = rowOf(envelope.workspaceId, envelope.time);
        if (envelope.actor.kind !== 'system') row.last_activity_at = envelope.time;
        if (event.type === 'DefaultChanged' && event.data.scope.kind === 'workspace') {
          row.default_key_id = event.data.keyId;
        }
        if (event.type === 'WorkspaceClosed') {
          row.closed_at ??= envelope.time;
          row.closed_case_id ??= event.data.caseId;
        }
      },
      moved: (workspaceId, from, to) => {
        const row = rows.get(workspaceId);
        if (row === undefined) return;
        if (from !== null) row[COLUMN[from]] -= 1;
        row[COLUMN[to]] += 1;
      },
      write: () => {
        for (const row of rows.values()) {
          if (added.has(row)) insert(row);
          else update(row);
        }
      },
    };
  };
};
