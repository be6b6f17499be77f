import { RunChoice } from '@keyturn/domain';
import type { Database } from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { bound, prepare } from '../database/queryBuilder';
import type { ReadModelTables } from '../database/tables';
import { BoundedCache } from '../runtime/boundedCache';
import { ByWorkspace } from '../runtime/byWorkspace';
import type { ProjectedEvent, Projection, Projector } from '../runtime/projector';
import {
  createRunUsageIndexes,
  createRunUsageTables,
  createRunUsageViews,
  runUsageStatistics,
} from './runUsageSchema';
import { RUN_USAGE_COLUMNS, type RunUsageTable } from './tables';

const REMEMBERED_KEYS = 10_000;

/** A run that a batch touches: read once, changed in memory, written once. */
interface TouchedRun {
  readonly row: RunUsageTable;
  readonly isNew: boolean;
}

const start = (database: Database, db: Kysely<ReadModelTables>): Projection => {
  const text = sql<string>`?`;
  const number = sql<number>`?`;
  const findOpen = prepare(
    database,
    db
      .selectFrom('run_usage')
      .selectAll()
      .where('workspace_id', '=', text)
      .where('run_id', '=', text)
      .where('released_at', 'is', null)
      .orderBy('pin_revision', 'desc')
      .limit(sql.lit(1)),
  );
  const insert = prepare(
    database,
    db
      .insertInto('run_usage')
      .columns(RUN_USAGE_COLUMNS)
      .expression(sql`${sql.raw(bound(RUN_USAGE_COLUMNS))}`),
  );
  const update = prepare(
    database,
    db
      .updateTable('run_usage')
      .set({
        lease_until: number,
        resumed: number,
        released_at: number,
        outcome: sql`?`,
        interrupted: number,
      })
      .where('workspace_id', '=', text)
      .where('pin_revision', '=', number),
  );
  const addKey = prepare(
    database,
    db
      .insertInto('run_usage_keys')
      .values({ workspace_id: text, key_id: text, last4: text })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const findKey = prepare(
    database,
    db
      .selectFrom('run_usage_keys')
      .select('last4')
      .where('workspace_id', '=', text)
      .where('key_id', '=', text),
  );
  const last4s = new BoundedCache<string>(REMEMBERED_KEYS);

  const last4Of = (workspaceId: string, keyId: string): string | null => {
    const remembered = last4s.get(workspaceId, keyId);
    if (remembered !== undefined) return remembered;
    const known = findKey.get(workspaceId, keyId)?.last4;
    if (known !== undefined) last4s.set(workspaceId, keyId, known);
    return known ?? null;
  };

  return {
    apply: (batch) => {
      const open = new ByWorkspace<TouchedRun>();
      const touched = new Set<TouchedRun>();
      const find = (workspaceId: string, runId: string): RunUsageTable | undefined => {
        const known = open.get(workspaceId, runId);
        if (known !== undefined) return known.row.released_at === null ? known.row : undefined;
        const row = findOpen.get(workspaceId, runId);
        if (row === undefined) return undefined;
        const run = { row, isNew: false };
        open.set(workspaceId, runId, run);
        touched.add(run);
        return row;
      };
      for (const { event, envelope, recorded } of batch) {
        const { workspaceId, time } = envelope;
        switch (event.type) {
          case 'KeyAdded':
            addKey.run(workspaceId, event.data.keyId, event.data.last4);
            break;
          case 'RunKeyPinned': {
            const run = { row: pinnedRow({ event, envelope, recorded }, event.data, last4Of), isNew: true };
            open.set(workspaceId, event.data.runId, run);
            touched.add(run);
            break;
          }
          case 'RunKeyResumed': {
            const row = find(workspaceId, event.data.runId);
            if (row === undefined) break;
            row.resumed += 1;
            row.lease_until = event.data.leaseUntil;
            break;
          }
          case 'RunKeyReleased': {
            const row = find(workspaceId, event.data.runId);
            if (row === undefined) break;
            row.released_at = time;
            row.outcome = event.data.outcome;
            break;
          }
          case 'KeyHardDeleted':
            for (const runId of event.data.interruptedRuns) {
              const row = find(workspaceId, runId);
              if (row !== undefined) row.interrupted = 1;
            }
            break;
          default:
        }
      }
      for (const { row, isNew } of touched) {
        if (isNew) insert.run(RUN_USAGE_COLUMNS.map((column) => row[column]));
        else {
          update.run(
            row.lease_until,
            row.resumed,
            row.released_at,
            row.outcome,
            row.interrupted,
            row.workspace_id,
            row.pin_revision,
          );
        }
      }
    },
  };
};

const pinnedRow = (
  { envelope, recorded }: ProjectedEvent,
  data: Extract<ProjectedEvent['event'], { type: 'RunKeyPinned' }>['data'],
  last4Of: (workspaceId: string, keyId: string) => string | null,
): RunUsageTable => ({
  workspace_id: envelope.workspaceId,
  pin_revision: recorded.revision,
  run_id: data.runId,
  project_id: data.projectId,
  key_id: data.keyId,
  last4: last4Of(envelope.workspaceId, data.keyId),
  vendor: data.vendor,
  requested: JSON.stringify(RunChoice.encode(data.requested)),
  choice: data.choice,
  pinned_at: envelope.time,
  lease_until: data.leaseUntil,
  resumed: 0,
  released_at: null,
  outcome: null,
  interrupted: 0,
});

/** Which run used which key, when, and how it ended. */
export const runUsageProjector: Projector = {
  name: 'run-usage',
  version: 1,
  tables: ['run_usage', 'run_usage_keys'],
  views: ['run_usage_v1'],
  createTables: createRunUsageTables,
  createIndexes: createRunUsageIndexes,
  indexStatistics: runUsageStatistics,
  createViews: createRunUsageViews,
  start,
};
