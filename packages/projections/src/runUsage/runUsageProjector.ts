import type { SqliteConnection } from '@keyturn/sqlite';
import { type Kysely, sql } from 'kysely';
import { bind, prepareInsert, prepareNamed, prepareUpdate } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';
import { BoundedCache } from '../runtime/boundedCache';
import { ByWorkspace } from '../runtime/byWorkspace';
import { handleEvent } from '../runtime/eventHandlers';
import { identities, type Projection, type Projector } from '../runtime/projector';
import { runChanges, type TouchedRuns } from './runChanges';
import {
  createRunUsageIndexes,
  createRunUsageTables,
  createRunUsageViews,
  runUsageStatistics,
} from './runUsageSchema';
import { RUN_USAGE_COLUMNS, type RunUsageTable } from './tables';

const REMEMBERED_KEYS = 10_000;

const start = (database: SqliteConnection, db: Kysely<ReadModelTables>): Projection => {
  const findOpen = prepareNamed(
    database,
    db
      .selectFrom('run_usage')
      .selectAll()
      .where('workspace_id', '=', bind('workspace_id'))
      .where('run_id', '=', bind('run_id'))
      .where('released_at', 'is', null)
      .orderBy('pin_revision', 'desc')
      .limit(sql.lit(1)),
  );
  const insert = prepareInsert(database, db, 'run_usage', RUN_USAGE_COLUMNS);
  const update = prepareUpdate(database, db, 'run_usage', RUN_USAGE_COLUMNS, {
    key: ['workspace_id', 'pin_revision'],
    settled: ['run_id', 'project_id', 'key_id', 'last4', 'vendor', 'requested', 'choice', 'pinned_at'],
  });
  const addKey = prepareNamed(
    database,
    db
      .insertInto('run_usage_keys')
      .values({ workspace_id: bind('workspace_id'), key_id: bind('key_id'), last4: bind('last4') })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const findKey = prepareNamed(
    database,
    db
      .selectFrom('run_usage_keys')
      .select('last4')
      .where('workspace_id', '=', bind('workspace_id'))
      .where('key_id', '=', bind('key_id')),
  );
  const last4s = new BoundedCache<string>(REMEMBERED_KEYS);

  return {
    apply: (batch) => {
      const open = new ByWorkspace<RunUsageTable>();
      const changed = new Set<RunUsageTable>();
      const added = new Set<RunUsageTable>();
      const touch = (row: RunUsageTable): void => {
        open.set(row.workspace_id, row.run_id, row);
        changed.add(row);
      };
      const runs: TouchedRuns = {
        edit: (workspaceId, runId) => {
          const known = open.get(workspaceId, runId);
          if (known !== undefined) return known.released_at === null ? known : undefined;
          const row = findOpen.get({ workspace_id: workspaceId, run_id: runId });
          if (row !== undefined) touch(row);
          return row;
        },
        add: (row) => {
          touch(row);
          added.add(row);
        },
        addKey: (workspaceId, { keyId, last4 }) => {
          addKey.run({ workspace_id: workspaceId, key_id: keyId, last4 });
        },
        last4Of: (workspaceId, keyId) => {
          const remembered = last4s.get(workspaceId, keyId);
          if (remembered !== undefined) return remembered;
          const known = findKey.get({ workspace_id: workspaceId, key_id: keyId })?.last4;
          if (known !== undefined) last4s.set(workspaceId, keyId, known);
          return known ?? null;
        },
      };
      for (const event of batch) handleEvent(runChanges, runs, event);
      for (const row of changed) {
        if (added.has(row)) insert(row);
        else update(row);
      }
    },
  };
};

/** Which run used which key, when, and how it ended. */
export const runUsageProjector: Projector = {
  ...identities['run-usage'],
  tables: ['run_usage', 'run_usage_keys'],
  views: ['run_usage_v1'],
  createTables: createRunUsageTables,
  createIndexes: createRunUsageIndexes,
  indexStatistics: runUsageStatistics,
  createViews: createRunUsageViews,
  start,
};
