import type { KeyStatus } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import { pageSize } from '../database/cursor';
import { nearOf } from '../nearest';

/** A workspace that an event names. Times in milliseconds since 1970. */
export interface ListedWorkspace {
  readonly workspaceId: string;
  /** How many keys it has, or had, in each state. */
  readonly keys: Readonly<Record<KeyStatus, number>>;
  /** Its Default; null where it has none. */
  readonly defaultKey: {
    readonly keyId: string;
    readonly vendor: string;
    readonly last4: string;
    readonly label: string | null;
  } | null;
  /** When its first event happened. */
  readonly since: number;
  /** When somebody last did something there; null where only Keyturn itself did. */
  readonly lastActivityAt: number | null;
  /** Null while it is open. */
  readonly closedAt: number | null;
  readonly closedCaseId: string | null;
}

/** Which page, in order of the ids. `limit`: 1 to 1,000. `after`: the `next` of the page before. */
export interface WorkspacesPageOptions {
  readonly limit: number;
  readonly after?: string;
}

export interface WorkspacesPage {
  readonly workspaces: ReadonlyArray<ListedWorkspace>;
  /** Where this page ended: hand it back as `after` for the next. Null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
}

interface Row {
  readonly workspaceId: string;
  readonly since: number;
  readonly lastActivityAt: number | null;
  readonly closedAt: number | null;
  readonly closedCaseId: string | null;
  readonly pending: number;
  readonly active: number;
  readonly failed: number;
  readonly retired: number;
  readonly hardDeleted: number;
  readonly keyId: string | null;
  readonly vendor: string | null;
  readonly last4: string | null;
  readonly label: string | null;
}

const SELECT = `select w.workspace_id as "workspaceId", w.first_event_at_ms as since,
  w.last_activity_at_ms as "lastActivityAt", w.closed_at_ms as "closedAt", w.closed_case_id as "closedCaseId",
  w.pending, w.active, w.failed, w.retired, w.hard_deleted as "hardDeleted",
  k.key_id as "keyId", k.vendor, k.last4, k.label
  from workspaces_v1 as w
  left join known_keys_v3 as k on k.workspace_id = w.workspace_id and k.key_id = w.default_key_id`;

const listed = ({ keyId, vendor, last4, label, ...row }: Row): ListedWorkspace => {
  const { pending, active, failed, retired, hardDeleted, ...facts } = row;
  return {
    ...facts,
    keys: { pending, active, failed, retired, 'hard-deleted': hardDeleted },
    defaultKey: keyId === null || vendor === null || last4 === null ? null : { keyId, vendor, last4, label },
  };
};

// Written as SQL: the query builder takes longer to load than a list takes to be read.
/** Every workspace that an event names, closed ones too, by id. */
export const listWorkspaces = (
  database: SqliteConnection,
  { limit, after }: WorkspacesPageOptions,
): WorkspacesPage => {
  const size = pageSize(limit);
  const rows = database
    .prepare<[string, number], Row>(`${SELECT} where w.workspace_id > ? order by w.workspace_id limit ?`)
    .all(after ?? '', size + 1);
  const workspaces = rows.slice(0, size).map(listed);
  return {
    workspaces,
    next: workspaces.at(-1)?.workspaceId ?? after ?? null,
    more: rows.length > size,
  };
};

/** One workspace; null where no event names it. */
export const findWorkspace = (database: SqliteConnection, workspaceId: string): ListedWorkspace | null => {
  const row = database.prepare<[string], Row>(`${SELECT} where w.workspace_id = ?`).get(workspaceId);
  return row === undefined ? null : listed(row);
};

/** Another workspace whose name is nearest; null where none is near. */
export const nearestWorkspace = (database: SqliteConnection, named: string): string | null => {
  const names = database
    .prepare<[], { readonly name: string }>(
      'select workspace_id as name from workspaces_v1 order by workspace_id',
    )
    .all();
  const [nearest = null] = nearOf(
    named,
    names.map(({ name }) => name),
  );
  return nearest;
};
