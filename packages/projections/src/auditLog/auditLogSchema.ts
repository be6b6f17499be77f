import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { shownColumns, tableOf } from '../database/columns';
import type { ReadModelTables } from '../database/tables';
import { AUDIT_ENTRY_COLUMNS, AUDIT_KEY_COLUMNS, AUDIT_RUN_COLUMNS, AUDIT_TIMES_COLUMNS } from './tables';

type Db = Kysely<ReadModelTables>;
type IndexName = (name: string) => string;

export const createAuditTables = (db: Db, index: IndexName): ReadonlyArray<CompiledQuery> => [
  // A whole number as the primary key is SQLite's own row id: the table lies in order of the sequence.
  tableOf(db.schema, 'audit_entries', AUDIT_ENTRY_COLUMNS)
    .addPrimaryKeyConstraint('audit_entries_pk', ['sequence'])
    .compile(),
  tableOf(db.schema, 'audit_keys', AUDIT_KEY_COLUMNS)
    .addPrimaryKeyConstraint('audit_keys_pk', ['workspace_id', 'key_id'])
    .compile(),
  db.schema.createIndex(index('known_key')).on('audit_keys').columns(['key_id', 'workspace_id']).compile(),
  db.schema.createIndex(index('known_last4')).on('audit_keys').columns(['last4', 'workspace_id']).compile(),
  tableOf(db.schema, 'audit_runs', AUDIT_RUN_COLUMNS)
    .addPrimaryKeyConstraint('audit_runs_pk', ['workspace_id', 'run_id'])
    .compile(),
  tableOf(db.schema, 'audit_times', AUDIT_TIMES_COLUMNS)
    .addPrimaryKeyConstraint('audit_times_pk', ['block', 'nth'])
    .modifyEnd(sql`without rowid`)
    .compile(),
];

/**
 * One index for each thing that the log is asked by. In each, entries of equal columns lie in order of their sequence
 * (SQLite ends every index with the row id), so that a page is read off in order and never sorted. None is by time:
 * entries lie in the order in which they came, and no clock makes that order.
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
    on('origin').columns(['origin_ref']).where('origin_ref', 'is not', null).compile(),
  ];
};

/**
 * Of a log of ten million entries in a thousand workspaces. Which index is the narrower one is much the same in others.
 */
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
    origin: '10000000 20000',
  }).map(([index, stat]) => [index, { table: 'audit_entries', stat }]),
);

export const createAuditViews = (db: Db): ReadonlyArray<CompiledQuery> => [
  db.schema
    .createView('audit_entries_v2')
    .as(db.selectFrom('audit_entries').select(shownColumns(AUDIT_ENTRY_COLUMNS)))
    .compile(),
  db.schema
    .createView('audit_block_times')
    .as(db.selectFrom('audit_times').select(shownColumns(AUDIT_TIMES_COLUMNS)))
    .compile(),
  // Which workspaces know a key: how a key is looked up without naming one.
  db.schema
    .createView('audit_known_keys')
    .as(db.selectFrom('audit_keys').select(['key_id', 'workspace_id', 'last4']))
    .compile(),
];
