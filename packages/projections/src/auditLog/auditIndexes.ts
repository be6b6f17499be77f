/** What of an entry can be looked up. */
export type Term =
  | 'workspace_id'
  | 'key_id'
  | 'previous_key_id'
  | 'run_id'
  | 'project_id'
  | 'actor_id'
  | 'type'
  | 'case_id'
  | 'correlation_id'
  | 'origin_ref';

export interface AuditIndex {
  readonly columns: readonly [Term, ...Term[]];
  /** Left out are entries that have none. */
  readonly partial?: Term;
}

/**
 * One index for everything that the log is asked by, and for every two of them that may both be of many entries. In
 * each, entries of equal columns lie in order of their sequence (SQLite ends every index with the row id), so that a
 * page is read off in order and never sorted. Where `type` comes last, the index serves questions without an action as
 * well: there are few types, and what is read off for each of them is merged. None is by time: entries lie in the order
 * in which they came, and no clock makes that order.
 */
export const AUDIT_INDEXES = {
  action: { columns: ['type'] },
  workspace: { columns: ['workspace_id', 'type'] },
  key: { columns: ['workspace_id', 'key_id', 'type'], partial: 'key_id' },
  key_actor: { columns: ['workspace_id', 'key_id', 'actor_id'], partial: 'key_id' },
  key_project: { columns: ['workspace_id', 'key_id', 'project_id'], partial: 'project_id' },
  previous_key: { columns: ['workspace_id', 'previous_key_id'], partial: 'previous_key_id' },
  // The run first: a run id alone finds its workspace.
  run: { columns: ['run_id', 'workspace_id'], partial: 'run_id' },
  project: { columns: ['workspace_id', 'project_id', 'type'], partial: 'project_id' },
  project_actor: { columns: ['workspace_id', 'project_id', 'actor_id'], partial: 'project_id' },
  actor: { columns: ['actor_id', 'type'] },
  workspace_actor: { columns: ['workspace_id', 'actor_id', 'type'] },
  case: { columns: ['case_id'], partial: 'case_id' },
  correlation: { columns: ['correlation_id'] },
  origin: { columns: ['origin_ref'], partial: 'origin_ref' },
} as const satisfies Readonly<Record<string, AuditIndex>>;

/** The columns of each index. */
export const indexedTogether: ReadonlyArray<ReadonlyArray<Term>> = Object.values(AUDIT_INDEXES).map(
  ({ columns }) => columns,
);
