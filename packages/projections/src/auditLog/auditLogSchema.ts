import type { CompiledQuery, Kysely } from 'kysely';
import { instantText } from '../database/instantText';
import type { ReadModelTables } from '../database/tables';

type Db = Kysely<ReadModelTables>;
type IndexName = (name: string) => string;

export const createAuditTables = (db: Db, index: IndexName): ReadonlyArray<CompiledQuery> => [
  db.schema
    .createTable('audit_entries')
    .addColumn('sequence', 'integer', (c) => c.primaryKey())
    .addColumn('event_id', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('recorded_at', 'bigint', (c) => c.notNull())
    .addColumn('logged_at', 'bigint', (c) => c.notNull())
    .addColumn('time', 'bigint', (c) => c.notNull())
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('origin_ref', 'text')
    .addColumn('key_id', 'text')
    .addColumn('last4', 'text')
    .addColumn('vendor', 'text')
    .addColumn('label', 'text')
    .addColumn('previous_key_id', 'text')
    .addColumn('run_id', 'text')
    .addColumn('project_id', 'text')
    .addColumn('cause', 'text')
    .addColumn('case_id', 'text')
    .addColumn('correlation_id', 'text', (c) => c.notNull())
    .addColumn('causation_id', 'text', (c) => c.notNull())
    .addColumn('command_id', 'text', (c) => c.notNull())
    .addColumn('sentence', 'text', (c) => c.notNull())
    .compile(),
  db.schema
    .createTable('audit_keys')
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text', (c) => c.notNull())
    .addColumn('vendor', 'text')
    .addColumn('last4', 'text')
    .addColumn('label', 'text')
    .addPrimaryKeyConstraint('audit_keys_pk', ['workspace_id', 'key_id'])
    .compile(),
  db.schema.createIndex(index('known_key')).on('audit_keys').columns(['key_id', 'workspace_id']).compile(),
  db.schema
    .createTable('audit_runs')
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('run_id', 'text', (c) => c.notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('audit_runs_pk', ['workspace_id', 'run_id'])
    .compile(),
];

/**
 * One index for each thing that the log is asked by. In each, entries of equal columns lie in order of their sequence
 * (SQLite ends every index with the row id), so that a page is read off in order and never sorted.
 */
export const createAuditIndexes = (db: Db, index: IndexName): ReadonlyArray<CompiledQuery> => {
  const on = (name: string) => db.schema.createIndex(index(name)).ifNotExists().on('audit_entries');
  return [
    on('workspace').columns(['workspace_id']).compile(),
    on('key').columns(['workspace_id', 'key_id']).where('key_id', 'is not', null).compile(),
    on('previous_key')
      .columns(['workspace_id', 'previous_key_id'])
      .where('previous_key_id', 'is not', null)
      .compile(),
    // The run first: a run id alone finds its workspace.
    on('run').columns(['run_id', 'workspace_id']).where('run_id', 'is not', null).compile(),
    on('project').columns(['workspace_id', 'project_id']).where('project_id', 'is not', null).compile(),
    on('actor').columns(['actor_id']).compile(),
    on('workspace_actor').columns(['workspace_id', 'actor_id']).compile(),
    on('action').columns(['type']).compile(),
    on('workspace_action').columns(['workspace_id', 'type']).compile(),
    on('case').columns(['case_id']).where('case_id', 'is not', null).compile(),
    on('correlation').columns(['correlation_id']).compile(),
    on('logged_at').columns(['logged_at']).compile(),
  ];
};

/** Of a log of ten million entries in a thousand workspaces. Which index is the narrower one is much the same in others. */
export const auditIndexStatistics = Object.fromEntries(
  Object.entries({
    workspace: '10000000 10000',
    key: '10000000 10000 500',
    previous_key: '10000 10 2',
    run: '10000000 3 3',
    project: '5000000 5000 500',
    actor: '10000000 20000',
    workspace_actor: '10000000 10000 300',
    action: '10000000 100000',
    workspace_action: '10000000 10000 1000',
    case: '10000 5',
    correlation: '10000000 2',
    logged_at: '10000000 2',
  }).map(([index, stat]) => [index, { table: 'audit_entries', stat }]),
);

export const createAuditViews = (db: Db): ReadonlyArray<CompiledQuery> => [
  db.schema
    .createView('audit_entries_v1')
    .as(
      db
        .selectFrom('audit_entries')
        .select([
          'sequence',
          'event_id',
          'type',
          'position',
          'revision',
          'workspace_id',
          'actor_kind',
          'actor_id',
          'origin_ref',
          'key_id',
          'last4',
          'vendor',
          'label',
          'previous_key_id',
          'run_id',
          'project_id',
          'cause',
          'case_id',
          'correlation_id',
          'causation_id',
          'command_id',
          'sentence',
        ])
        .select((eb) => [
          instantText(eb.ref('recorded_at')).as('recorded_at'),
          eb.ref('recorded_at').as('recorded_at_ms'),
          eb.ref('logged_at').as('logged_at_ms'),
          instantText(eb.ref('time')).as('time'),
          eb.ref('time').as('time_ms'),
        ]),
    )
    .compile(),
  // Which workspaces know a key: how a key is looked up without naming one.
  db.schema
    .createView('audit_known_keys')
    .as(db.selectFrom('audit_keys').select(['key_id', 'workspace_id']))
    .compile(),
];
