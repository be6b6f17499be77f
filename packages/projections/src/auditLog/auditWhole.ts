import { keyringStream, WorkspaceId } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import type { Checkpoint, Checkpoints } from '../database/checkpoints';
import type { StreamStates } from '../database/streamStates';
import { ProjectionFault } from '../faults';
import { identities } from '../runtime/projector';

/** Beyond so many entries they are counted by a review alone: counting them takes longer than a page does. */
const LARGEST_COUNTED = 100_000;

/** In the place of a workspace. */
const ALL = '';

/**
 * Compares the audit log, and its totals, with what was projected into it: entries that somebody removed leave no gap
 * that is seen, and pages have only what the totals tell of.
 */
export type CheckAuditLog = (workspaceId: string | undefined) => void;

/**
 * Throws `read-model-altered` where the entries of a workspace are not as many as its events, or those of all are not
 * numbered up to how many were projected. Counts again only when something was written since.
 */
export const auditLogCheck = (
  database: SqliteConnection,
  checkpoints: Checkpoints,
  streams: StreamStates,
): CheckAuditLog => {
  const pluck = <P extends ReadonlyArray<string>>(sql: string) => database.pluck<P, number | null>(sql);
  const version = pluck<[]>('pragma data_version');
  let countedAt: number | null | undefined;
  const counted = new Set<string>();

  const isToBeCounted = (which: string, events: number): boolean => {
    const now = version.get();
    if (now !== countedAt) counted.clear();
    countedAt = now;
    return events <= LARGEST_COUNTED && !counted.has(which);
  };

  const checkTotals = (
    { version }: Checkpoint,
    events: number,
    whose: string,
    workspaceId?: string,
  ): void => {
    // Rows of an older release have none, and nobody goes by them.
    if (version !== identities['audit-log'].version) return;
    const totals =
      workspaceId === undefined
        ? 'audit_totals_overall_v1 where'
        : 'audit_totals_v1 where workspace_id = ? and';
    // Those of everybody together, and those of each.
    for (const actor of ["actor_id = ''", "actor_id > ''"]) {
      const sums = pluck<ReadonlyArray<string>>(`select sum(entries) from ${totals} ${actor}`);
      const sum = sums.get(...(workspaceId === undefined ? [] : [workspaceId])) ?? 0;
      if (sum !== events) {
        throw altered(`${whose} totals are of ${sum} entries, and ${events} events were projected`);
      }
    }
  };

  const checkAll = (checkpoint: Checkpoint): void => {
    const { events } = checkpoint;
    const highest = pluck<[]>('select max(sequence) from audit_entries_v2').get() ?? 0;
    if (highest !== events)
      throw altered(`its highest number is ${highest}, and ${events} events were projected`);
    if (!isToBeCounted(ALL, events)) return;
    const count = pluck<[]>('select count(*) from audit_entries_v2').get() ?? 0;
    if (count !== events) throw altered(`it has ${count} entries, and ${events} events were projected`);
    checkTotals(checkpoint, events, 'its');
    counted.add(ALL);
  };

  const checkOne = (checkpoint: Checkpoint, workspaceId: string): void => {
    // Without its index this would go through all entries.
    if (!checkpoint.indexed || !WorkspaceId.is(workspaceId)) return;
    const { head, disowned } = streams.of(checkpoint, keyringStream(workspaceId));
    const events = head.revision + 1 - disowned;
    if (!isToBeCounted(workspaceId, events)) return;
    const count =
      pluck<[string]>('select count(*) from audit_entries_v2 where workspace_id = ?').get(workspaceId) ?? 0;
    if (count !== events) {
      throw altered(
        `workspace ${workspaceId} has ${count} entries in it, and ${events} of its events were projected`,
      );
    }
    checkTotals(checkpoint, events, `workspace ${workspaceId}'s`, workspaceId);
    counted.add(workspaceId);
  };

  return (workspaceId) =>
    // One state of the file: another process may be projecting.
    database.transaction('deferred', () => {
      const live = checkpoints.live('audit-log');
      if (live === undefined) return;
      if (workspaceId === undefined) checkAll(live);
      else checkOne(live, workspaceId);
    });
};

const altered = (what: string): ProjectionFault =>
  new ProjectionFault(
    'read-model-altered',
    `The audit log is not as it was projected: ${what}. Somebody changed its rows: find out who, and ` +
      'rebuild audit-log.',
  );
