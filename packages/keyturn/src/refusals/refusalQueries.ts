import type { SqliteConnection, SqliteValue } from '@keyturn/sqlite';
import { OLDER } from './hours';
import type { CountedRefusals, RefusalFilter, RefusalLine } from './refusedAttempt';

/** Which page. `after`: the sequence at which the page before ended. */
interface RefusalsPage {
  readonly limit: number;
  readonly after?: number | undefined;
}

/** What is read of the store. */
export interface RefusalQueries {
  /** Lines, newest first: one more than the limit where there are more. */
  readonly lines: (filter: RefusalFilter, page: RefusalsPage) => ReadonlyArray<RefusalLine>;
  /** What is counted alone, newest hour first; what is older than lines are kept comes last. */
  readonly counted: (filter: RefusalFilter) => ReadonlyArray<CountedRefusals>;
}

interface Condition {
  readonly sql: string;
  readonly values: ReadonlyArray<SqliteValue>;
}

const equal = (column: string, value: SqliteValue | undefined): ReadonlyArray<Condition> =>
  value === undefined ? [] : [{ sql: `${column} = ?`, values: [value] }];

const joined = (conditions: ReadonlyArray<Condition>): Condition => ({
  sql: conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
  values: conditions.flatMap(({ values }) => values),
});

const ofWorkspaces = (ids: ReadonlyArray<string> | undefined, orNone: string): ReadonlyArray<Condition> =>
  ids === undefined
    ? []
    : [{ sql: `(workspace_id IN (${ids.map(() => '?').join(', ')})${orNone})`, values: ids }];

const HOUR_MS = 3_600_000;
const SELECTED = `sequence, at, workspace_id AS workspaceId, actor_kind AS actorKind, actor_id AS actorId,
  origin_ref AS originRef, action, key_id AS keyId, run_id AS runId, code`;

/** An hour counts where any of it lies in the window. */
const hourWindow = ({ since, until }: RefusalFilter): ReadonlyArray<Condition> =>
  [
    since === undefined ? [] : [{ sql: 'hour > ?', values: [since - HOUR_MS] }],
    until === undefined ? [] : [{ sql: 'hour < ?', values: [until] }],
  ].flat();

type CountedRow = Omit<CountedRefusals, 'hour'> & { readonly hour: number };

/** Who was refused in other workspaces is nothing that an answer about one may tell. */
const withoutActor = (row: CountedRefusals): CountedRefusals => ({ ...row, actorKind: null, actorId: null });

export const refusalQueries = (database: SqliteConnection): RefusalQueries => ({
  lines: ({ workspaceIds, keyId, actorId, actorKind, code, since, until }, { limit, after }) => {
    const { sql, values } = joined([
      ...ofWorkspaces(workspaceIds, ''),
      ...equal('key_id', keyId),
      ...equal('actor_id', actorId),
      ...equal('actor_kind', actorKind),
      ...equal('code', code),
      ...(since === undefined ? [] : [{ sql: 'at >= ?', values: [since] }]),
      ...(until === undefined ? [] : [{ sql: 'at < ?', values: [until] }]),
      ...(after === undefined ? [] : [{ sql: 'sequence < ?', values: [after] }]),
    ]);
    return database
      .prepare<ReadonlyArray<SqliteValue>, RefusalLine>(
        `SELECT ${SELECTED} FROM refusals ${sql} ORDER BY sequence DESC LIMIT ?`,
      )
      .all(...values, limit + 1);
  },
  counted: (filter) => {
    const { workspaceIds, actorId, actorKind } = filter;
    // What is counted together may have been of any of them: it belongs to each answer of one workspace, too.
    const { sql, values } = joined([
      { sql: 'counted > 0', values: [] },
      ...ofWorkspaces(workspaceIds, " OR workspace_id = ''"),
      ...(actorId === undefined ? [] : [{ sql: "(actor_id = ? OR actor_id = '')", values: [actorId] }]),
      ...(actorKind === undefined
        ? []
        : [{ sql: "(actor_kind = ? OR actor_kind = '')", values: [actorKind] }]),
      ...hourWindow(filter),
    ]);
    return database
      .prepare<ReadonlyArray<SqliteValue>, CountedRow>(
        `SELECT hour, nullif(workspace_id, '') AS workspaceId, nullif(actor_kind, '') AS actorKind,
           nullif(actor_id, '') AS actorId, counted AS count
         FROM refusal_hours ${sql} ORDER BY hour DESC, actor_id, workspace_id LIMIT 1000`,
      )
      .all(...values)
      .map((row) => ({ ...row, hour: row.hour === OLDER ? null : row.hour }))
      .map((row) => (workspaceIds !== undefined && row.workspaceId === null ? withoutActor(row) : row));
  },
});
