import { type CompiledQuery, type Kysely, sql } from 'kysely';
import { shownColumns, tableOf } from '../database/columns';
import type { ReadModelTables } from '../database/tables';
import { AUDIT_INDEXES, type AuditIndex } from './auditIndexes';
import {
  AUDIT_ENTRY_COLUMNS,
  AUDIT_KEY_COLUMNS,
  AUDIT_RUN_COLUMNS,
  AUDIT_TIMES_COLUMNS,
  AUDIT_TOTALS_COLUMNS,
  AUDIT_TOTALS_OVERALL_COLUMNS,
} from './tables';

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
  tableOf(db.schema, 'audit_totals', AUDIT_TOTALS_COLUMNS)
    .addPrimaryKeyConstraint('audit_totals_pk', ['workspace_id', 'actor_id', 'actor_kind', 'type'])
    .modifyEnd(sql`without rowid`)
    .compile(),
  tableOf(db.schema, 'audit_totals_overall', AUDIT_TOTALS_OVERALL_COLUMNS)
    .addPrimaryKeyConstraint('audit_totals_overall_pk', ['actor_id', 'actor_kind', 'type'])
    .modifyEnd(sql`without rowid`)
    .compile(),
];

export const createAuditIndexes = (db: Db, index: IndexName): ReadonlyArray<CompiledQuery> =>
  Object.entries<AuditIndex>(AUDIT_INDEXES).map(([name, { columns, partial }]) => {
    const made = db.schema
      .createIndex(index(name))
      .ifNotExists()
      .on('audit_entries')
      .columns([...columns]);
    return (partial === undefined ? made : made.where(sql.ref(partial), 'is not', null)).compile();
  });

/**
 * That each column more finds less. Which index is the narrower one is asked of the data: of the one that is chosen all
 * columns are to be used, whatever else fits in part.
 */
export const auditIndexStatistics = Object.fromEntries(
  Object.entries<AuditIndex>(AUDIT_INDEXES).map(([name, { columns }]) => {
    const stat = [10_000_000, ...[100_000, 1_000, 10].slice(0, columns.length)].join(' ');
    return [name, { table: 'audit_entries', stat }];
  }),
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
  db.schema
    .createView('audit_totals_v1')
    .as(db.selectFrom('audit_totals').select(shownColumns(AUDIT_TOTALS_COLUMNS)))
    .compile(),
  db.schema
    .createView('audit_totals_overall_v1')
    .as(db.selectFrom('audit_totals_overall').select(shownColumns(AUDIT_TOTALS_OVERALL_COLUMNS)))
    .compile(),
  // Which workspaces know a key: how a key is looked up without naming one.
  db.schema
    .createView('audit_known_keys')
    .as(db.selectFrom('audit_keys').select(['key_id', 'workspace_id', 'last4']))
    .compile(),
];
