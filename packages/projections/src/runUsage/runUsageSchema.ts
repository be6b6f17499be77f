import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { instantText } from '../database/instantText';
import type { ReadModelTables } from '../database/tables';

type Db = Kysely<ReadModelTables>;
type IndexName = (name: string) => string;

export const createRunUsageTables = (db: Db, index: IndexName): ReadonlyArray<CompiledQuery> => [
  db.schema
    .createTable('run_usage')
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('pin_revision', 'integer', (c) => c.notNull())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('project_id', 'text')
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('last4', 'text')
    .addColumn('vendor', 'text', (c) => c.notNull())
    .addColumn('requested', 'text', (c) => c.notNull())
    .addColumn('choice', 'text', (c) => c.notNull())
    .addColumn('pinned_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .addColumn('resumed', 'integer', (c) => c.notNull())
    .addColumn('released_at', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('interrupted', 'integer', (c) => c.notNull())
    .compile(),
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
  db.schema
    .createTable('run_usage_keys')
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('last4', 'text', (c) => c.notNull())
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
    .as(
      db
        .selectFrom('run_usage')
        .select([
          'workspace_id',
          'pin_revision',
          'run_id',
          'project_id',
          'key_id',
          'last4',
          'vendor',
          'requested',
          'choice',
          'resumed',
          'outcome',
          'interrupted',
        ])
        .select((eb) => [
          instantText(eb.ref('pinned_at')).as('pinned_at'),
          eb.ref('pinned_at').as('pinned_at_ms'),
          instantText(eb.ref('lease_until')).as('lease_until'),
          eb.ref('lease_until').as('lease_until_ms'),
          instantText(eb.ref('released_at')).as('released_at'),
          eb.ref('released_at').as('released_at_ms'),
        ]),
    )
    .compile(),
];
