import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { shownColumns, tableOf } from '../database/columns';
import type { ReadModelTables } from '../database/tables';
import { RUN_USAGE_COLUMNS, RUN_USAGE_KEY_COLUMNS } from './tables';

type Db = Kysely<ReadModelTables>;
type IndexName = (name: string) => string;

export const createRunUsageTables = (db: Db, index: IndexName): ReadonlyArray<CompiledQuery> => [
  tableOf(db.schema, 'run_usage', RUN_USAGE_COLUMNS).compile(),
  db.schema
    .createIndex(index('pin'))
    .unique()
    .on('run_usage')
    .columns(['workspace_id', 'pin_revision'])
    .compile(),
  // Needed by the projector itself, and small: it holds open runs only.
  db.schema
    .createIndex(index('open_run'))
    .on('run_usage')
    .columns(['workspace_id', 'run_id'])
    .where(sql.ref('released_at'), 'is', null)
    .compile(),
  tableOf(db.schema, 'run_usage_keys', RUN_USAGE_KEY_COLUMNS)
    .addPrimaryKeyConstraint('run_usage_keys_pk', ['workspace_id', 'key_id'])
    .compile(),
];

export const createRunUsageIndexes = (db: Db, index: IndexName): ReadonlyArray<CompiledQuery> => [
  db.schema
    .createIndex(index('key'))
    .ifNotExists()
    .on('run_usage')
    .columns(['workspace_id', 'key_id', 'pin_revision'])
    .compile(),
  db.schema
    .createIndex(index('run'))
    .ifNotExists()
    .on('run_usage')
    .columns(['workspace_id', 'run_id', 'pin_revision'])
    .compile(),
  db.schema
    .createIndex(index('open'))
    .ifNotExists()
    .on('run_usage')
    .columns(['workspace_id', 'pin_revision'])
    .where(sql.ref('released_at'), 'is', null)
    .compile(),
];

/** Of ten million runs in a thousand workspaces. */
export const runUsageStatistics = {
  pin: { table: 'run_usage', stat: '10000000 10000 1' },
  key: { table: 'run_usage', stat: '10000000 10000 2000 1' },
  run: { table: 'run_usage', stat: '10000000 10000 1 1' },
  open: { table: 'run_usage', stat: '10000 10 1' },
};

export const createRunUsageViews = (db: Db): ReadonlyArray<CompiledQuery> => [
  db.schema
    .createView('run_usage_v1')
    .as(db.selectFrom('run_usage').select(shownColumns(RUN_USAGE_COLUMNS)))
    .compile(),
];
