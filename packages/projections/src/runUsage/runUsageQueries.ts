import { type ChoiceMade, type ReleaseOutcome, RunChoice } from '@keyturn/domain';
import { isRight } from 'fp-ts/Either';
import type { Kysely } from 'kysely';
import { pageSize, readCursor, writeCursor } from '../database/cursor';
import type { ReadModelTables } from '../database/tables';
import { ProjectionFault } from '../faults';

/** One run's use of a key. Times in milliseconds since 1970. */
export interface RunUsage {
  readonly workspaceId: string;
  readonly runId: string;
  readonly projectId: string | null;
  readonly keyId: string;
  /** Null only for a key whose KeyAdded is not in the log. */
  readonly last4: string | null;
  readonly vendor: string;
  /** What the caller asked for. */
  readonly requested: RunChoice;
  /** How that was resolved to this key. */
  readonly choice: ChoiceMade;
  /** Stream revision of the pin: it names this use, since a run id may be used again after a while. */
  readonly pinRevision: number;
  readonly pinnedAt: number;
  /** Past this the pin may be expired; until it is, it counts as open. */
  readonly leaseUntil: number;
  /** How many times another worker took the run up. */
  readonly resumed: number;
  /** Null while the run is open. */
  readonly releasedAt: number | null;
  readonly outcome: ReleaseOutcome | null;
  /** Its key was hard-deleted under it. */
  readonly interrupted: boolean;
}

/** Which runs: of a workspace, and those for which everything named here is so. */
export interface RunUsageFilter {
  readonly workspaceId: string;
  readonly keyId?: string;
  readonly runId?: string;
  readonly openOnly?: boolean;
  /** Held their key at this time or later, in milliseconds since 1970: still open, or ended since. */
  readonly since?: number;
  /** Began before this. */
  readonly until?: number;
}

/** Which page. `limit`: 1 to 1,000. `after`: the `next` of the page before, of the same query. */
export interface RunsPageOptions {
  readonly limit: number;
  readonly after?: string;
}

export interface RunUsagePage {
  /** Newest pin first. */
  readonly runs: ReadonlyArray<RunUsage>;
  /** Where this page ended: hand it back as `after` for the next. Null only when there was nothing at all. */
  readonly next: string | null;
  /** Whether anything lies beyond this page. */
  readonly more: boolean;
}

const LIST = 'runs1';

/** A page of runs, newest pin first. */
export const listRuns = async (
  db: Kysely<ReadModelTables>,
  filter: RunUsageFilter,
  page: RunsPageOptions,
): Promise<RunUsagePage> => {
  const limit = pageSize(page.limit);
  const { keyId, runId, openOnly, since, until } = filter;
  const after = page.after === undefined ? undefined : readCursor(LIST, page.after);
  let query = db
    .selectFrom('run_usage_v1')
    .select([
      'workspace_id as workspaceId',
      'run_id as runId',
      'project_id as projectId',
      'key_id as keyId',
      'last4',
      'vendor',
      'requested',
      'choice',
      'pin_revision as pinRevision',
      'pinned_at_ms as pinnedAt',
      'lease_until_ms as leaseUntil',
      'resumed',
      'released_at_ms as releasedAt',
      'outcome',
      'interrupted',
    ])
    .where('workspace_id', '=', filter.workspaceId);
  if (keyId !== undefined) query = query.where('key_id', '=', keyId);
  if (runId !== undefined) query = query.where('run_id', '=', runId);
  if (openOnly === true) query = query.where('released_at_ms', 'is', null);
  if (since !== undefined) {
    query = query.where((eb) => eb.or([eb('released_at_ms', 'is', null), eb('released_at_ms', '>=', since)]));
  }
  if (until !== undefined) query = query.where('pinned_at_ms', '<', until);
  if (after !== undefined) query = query.where('pin_revision', '<', after);
  const rows = await query
    .orderBy('pin_revision', 'desc')
    .limit(limit + 1)
    .execute();
  const runs = rows.slice(0, limit).map((row) => ({
    ...row,
    requested: requestedOf(row.requested),
    interrupted: row.interrupted === 1,
  }));
  const last = runs.at(-1);
  return {
    runs,
    next: last === undefined ? (page.after ?? null) : writeCursor(LIST, last.pinRevision),
    more: rows.length > limit,
  };
};

const requestedOf = (json: string): RunChoice => {
  const decoded = RunChoice.decode(JSON.parse(json));
  if (isRight(decoded)) return decoded.right;
  throw new ProjectionFault(
    'corrupt',
    'A row of run_usage_v1 holds a choice that can not be read: rebuild run-usage.',
  );
};
