import type { Database } from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { instantText } from '../database/instantText';
import { bound, prepare } from '../database/queryBuilder';
import type { ReadModelTables } from '../database/tables';
import { BoundedCache } from '../runtime/boundedCache';
import { ByWorkspace } from '../runtime/byWorkspace';
import type { Projection, Projector } from '../runtime/projector';
import { applyToKeys } from './keyChanges';
import {
  CHANGING_COLUMNS,
  changingValues,
  type KeyRow,
  rowOf,
  SETTLED_COLUMNS,
  settledValues,
} from './keyRow';

/** Rows kept between batches: up to twice as many, about 8 MB. */
const REMEMBERED_KEYS = 10_000;
const COLUMNS = [...SETTLED_COLUMNS, ...CHANGING_COLUMNS] as const;

const start = (database: Database, db: Kysely<ReadModelTables>): Projection => {
  const text = sql<string>`?`;
  const find = prepare(
    database,
    db
      .selectFrom('key_list')
      .select(COLUMNS.filter((column) => column !== 'added_position'))
      .select((eb) => eb.cast<string>('added_position', 'text').as('position'))
      .where('workspace_id', '=', text)
      .where('key_id', '=', text),
  );
  const insert = prepare(
    database,
    db
      .insertInto('key_list')
      .columns(COLUMNS)
      .expression(sql`${sql.raw(bound(COLUMNS))}`),
  );
  const update = prepare(
    database,
    db
      .updateTable('key_list')
      .set({
        status: sql`?`,
        failure_reason: sql`?`,
        is_default: sql`?`,
        was_default: sql`?`,
        project_defaults: sql`?`,
        runs_in_flight: sql`?`,
        last_used_at: sql`?`,
        last_validated_at: sql`?`,
        display: sql`?`,
      })
      .where('workspace_id', '=', text)
      .where('key_id', '=', text),
  );
  const remembered = new BoundedCache<KeyRow>(REMEMBERED_KEYS);

  return {
    apply: (batch) => {
      const touched = new ByWorkspace<KeyRow>();
      const changed = new Set<KeyRow>();
      const added = new Set<KeyRow>();
      const edit = (workspaceId: string, keyId: string): KeyRow | undefined => {
        const known = touched.get(workspaceId, keyId);
        if (known !== undefined) return known;
        const row = remembered.get(workspaceId, keyId) ?? stored(workspaceId, keyId);
        if (row !== undefined) touch(row);
        return row;
      };
      const stored = (workspaceId: string, keyId: string): KeyRow | undefined => {
        const found = find.get(workspaceId, keyId);
        return found === undefined ? undefined : rowOf(found, BigInt(found.position));
      };
      const touch = (row: KeyRow): void => {
        touched.set(row.workspaceId, row.keyId, row);
        changed.add(row);
      };
      const add = (row: KeyRow): void => {
        touch(row);
        added.add(row);
      };
      for (const event of batch) applyToKeys({ edit, add }, event);
      for (const row of changed) {
        if (added.has(row)) insert.run(...settledValues(row), ...changingValues(row));
        else update.run(...changingValues(row), row.workspaceId, row.keyId);
        remembered.set(row.workspaceId, row.keyId, row);
      }
    },
  };
};

const viewOf = (db: Kysely<ReadModelTables>) =>
  db
    .selectFrom('key_list')
    .select([
      'workspace_id',
      'key_id',
      'added_position',
      'vendor',
      'endpoint',
      'region',
      'label',
      'last4',
      'status',
      'failure_reason',
      'is_default',
      'was_default',
      'project_defaults',
      'runs_in_flight',
      'display',
    ])
    .select((eb) => [
      instantText(eb.ref('added_at')).as('added_at'),
      eb.ref('added_at').as('added_at_ms'),
      instantText(eb.ref('last_used_at')).as('last_used_at'),
      eb.ref('last_used_at').as('last_used_at_ms'),
      instantText(eb.ref('last_validated_at')).as('last_validated_at'),
      eb.ref('last_validated_at').as('last_validated_at_ms'),
    ]);

/** The masked key list: what a customer sees under Settings → Keys. */
export const keyListProjector: Projector = {
  name: 'key-list',
  version: 1,
  tables: ['key_list'],
  views: ['key_list_v1', 'known_keys_v1'],
  createTables: (db) => [
    db.schema
      .createTable('key_list')
      .addColumn('workspace_id', 'text', (c) => c.notNull())
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('added_position', 'bigint', (c) => c.notNull())
      .addColumn('vendor', 'text', (c) => c.notNull())
      .addColumn('endpoint', 'text')
      .addColumn('region', 'text')
      .addColumn('label', 'text')
      .addColumn('last4', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('failure_reason', 'text')
      .addColumn('is_default', 'integer', (c) => c.notNull())
      .addColumn('was_default', 'integer', (c) => c.notNull())
      .addColumn('project_defaults', 'text', (c) => c.notNull())
      .addColumn('runs_in_flight', 'integer', (c) => c.notNull())
      .addColumn('added_at', 'bigint', (c) => c.notNull())
      .addColumn('last_used_at', 'bigint')
      .addColumn('last_validated_at', 'bigint')
      .addColumn('display', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('key_list_pk', ['workspace_id', 'key_id'])
      .compile(),
  ],
  createIndexes: () => [],
  indexStatistics: {},
  createViews: (db) => [
    db.schema.createView('known_keys_v1').as(viewOf(db)).compile(),
    db.schema
      .createView('key_list_v1')
      .as(viewOf(db).where('status', '!=', 'hard-deleted'))
      .compile(),
  ],
  start,
};
