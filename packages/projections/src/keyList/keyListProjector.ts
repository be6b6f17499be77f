import type { KeyStatus } from '@keyturn/domain';
import type { SqliteConnection } from '@keyturn/sqlite';
import { type Kysely, sql } from 'kysely';
import { shownColumns, tableOf } from '../database/columns';
import { bind, prepareInsert, prepareNamed, prepareUpdate } from '../database/namedStatements';
import type { ReadModelTables } from '../database/tables';
import { BoundedCache } from '../runtime/boundedCache';
import { ByWorkspace } from '../runtime/byWorkspace';
import { handleEvent } from '../runtime/eventHandlers';
import { identities, type Projection, type Projector } from '../runtime/projector';
import { FINGERPRINT_COLUMNS } from './fingerprintTables';
import { keyChanges } from './keyChanges';
import { KEY_LIST_COLUMNS, type KeyListTable } from './tables';
import { vendorCallRowsOf } from './vendorCallRows';
import { VENDOR_CALL_COLUMNS } from './vendorCallTables';
import { workspaceRowsOf } from './workspaceRows';
import { WORKSPACE_COLUMNS } from './workspaceTables';

/** Rows kept between batches: up to twice as many, about 8 MB. */
const REMEMBERED_KEYS = 10_000;

const ON_FILE = ['pending', 'active', 'failed'] as const;

const COLUMNS_BUT_POSITION = [
  'workspace_id',
  'key_id',
  'vendor',
  'endpoint',
  'region',
  'model',
  'label',
  'last4',
  'status',
  'failure_reason',
  'is_default',
  'was_default',
  'project_defaults',
  'runs_in_flight',
  'added_at',
  'last_used_at',
  'last_validated_at',
  'expires_at',
  'hard_deleted_at',
  'destroyed_at',
  'reported_leaked_at',
  'leak_cases',
  'suspended',
] as const satisfies ReadonlyArray<keyof KeyListTable>;

const start = (database: SqliteConnection, db: Kysely<ReadModelTables>): Projection => {
  const find = prepareNamed(
    database,
    db
      .selectFrom('key_list')
      .select(COLUMNS_BUT_POSITION)
      // As text alone: a position may exceed what a JavaScript number holds exactly, and Node's SQLite then throws.
      .select((eb) => eb.cast<string>('added_position', 'text').as('position'))
      .where('workspace_id', '=', bind('workspace_id'))
      .where('key_id', '=', bind('key_id')),
  );
  const insert = prepareInsert(database, db, 'key_list', KEY_LIST_COLUMNS);
  const insertFingerprint = prepareInsert(database, db, 'key_fingerprints', FINGERPRINT_COLUMNS);
  const update = prepareUpdate(database, db, 'key_list', KEY_LIST_COLUMNS, {
    key: ['workspace_id', 'key_id'],
    settled: ['added_position', 'vendor', 'endpoint', 'region', 'model', 'last4', 'added_at'],
  });
  const workspaceRows = workspaceRowsOf(database, db);
  const vendorCallRows = vendorCallRowsOf(database, db);
  const remembered = new BoundedCache<KeyListTable>(REMEMBERED_KEYS);

  const stored = (workspaceId: string, keyId: string): KeyListTable | undefined => {
    const found = find.get({ workspace_id: workspaceId, key_id: keyId });
    if (found === undefined) return undefined;
    const { position, ...row } = found;
    return { ...row, added_position: BigInt(position) };
  };

  return {
    apply: (batch) => {
      const touched = new ByWorkspace<KeyListTable>();
      const changed = new Set<KeyListTable>();
      const added = new Set<KeyListTable>();
      const before = new Map<KeyListTable, KeyStatus>();
      const workspaces = workspaceRows();
      const vendorCalls = vendorCallRows();
      const touch = (row: KeyListTable): void => {
        touched.set(row.workspace_id, row.key_id, row);
        changed.add(row);
      };
      const keys = {
        edit: (workspaceId: string, keyId: string): KeyListTable | undefined => {
          const known = touched.get(workspaceId, keyId);
          if (known !== undefined) return known;
          const row = remembered.get(workspaceId, keyId) ?? stored(workspaceId, keyId);
          if (row !== undefined) {
            before.set(row, row.status);
            touch(row);
          }
          return row;
        },
        add: (row: KeyListTable, fingerprint: string): void => {
          touch(row);
          added.add(row);
          const { workspace_id, key_id, last4 } = row;
          insertFingerprint({ workspace_id, key_id, last4, fingerprint });
        },
      };
      for (const event of batch) {
        workspaces.enter(event);
        vendorCalls.enter(event, keys.edit);
        handleEvent(keyChanges, keys, event);
      }
      for (const row of changed) {
        if (added.has(row)) insert(row);
        else update(row);
        const from = before.get(row) ?? null;
        if (from !== row.status) workspaces.moved(row.workspace_id, from, row.status);
        remembered.set(row.workspace_id, row.key_id, row);
      }
      workspaces.write();
      vendorCalls.write();
    },
  };
};

/** The masked key list: what a customer sees under Settings → Keys. */
export const keyListProjector: Projector = {
  ...identities['key-list'],
  tables: ['key_list', 'key_fingerprints', 'workspaces', 'vendor_calls'],
  views: ['key_list_v3', 'known_keys_v3', 'workspaces_v1', 'vendor_calls_v1'],
  createTables: (db) => [
    tableOf(db.schema, 'key_list', KEY_LIST_COLUMNS)
      .addPrimaryKeyConstraint('key_list_pk', ['workspace_id', 'key_id'])
      .compile(),
    tableOf(db.schema, 'key_fingerprints', FINGERPRINT_COLUMNS)
      .addPrimaryKeyConstraint('key_fingerprints_pk', ['workspace_id', 'key_id'])
      .compile(),
    tableOf(db.schema, 'workspaces', WORKSPACE_COLUMNS)
      .addPrimaryKeyConstraint('workspaces_pk', ['workspace_id'])
      .compile(),
    tableOf(db.schema, 'vendor_calls', VENDOR_CALL_COLUMNS)
      .addPrimaryKeyConstraint('vendor_calls_pk', ['workspace_id', 'vendor'])
      .compile(),
  ],
  createIndexes: (db, index) => {
    const on = (name: string) => db.schema.createIndex(index(name)).ifNotExists().on('key_list');
    return [
      on('ending').columns(['last4', 'workspace_id', 'key_id']).compile(),
      db.schema
        .createIndex(index('fingerprint'))
        .ifNotExists()
        .on('key_fingerprints')
        .columns(['last4', 'workspace_id', 'key_id', 'fingerprint'])
        .compile(),
      on('age').columns(['added_at']).where(sql.ref('status'), 'in', ON_FILE).compile(),
      on('expiry')
        .columns(['expires_at'])
        .where(sql.ref('status'), 'in', ON_FILE)
        .where('expires_at', 'is not', null)
        .compile(),
      db.schema
        .createIndex(index('vendor_call'))
        .ifNotExists()
        .on('vendor_calls')
        .columns(['called_at'])
        .compile(),
    ];
  },
  indexStatistics: {},
  createViews: (db) => {
    const rows = db.selectFrom('key_list').select(shownColumns(KEY_LIST_COLUMNS));
    return [
      db.schema.createView('known_keys_v3').as(rows).compile(),
      db.schema
        .createView('key_list_v3')
        .as(rows.where('status', '!=', 'hard-deleted'))
        .compile(),
      db.schema
        .createView('workspaces_v1')
        .as(db.selectFrom('workspaces').select(shownColumns(WORKSPACE_COLUMNS)))
        .compile(),
      db.schema
        .createView('vendor_calls_v1')
        .as(db.selectFrom('vendor_calls').select(shownColumns(VENDOR_CALL_COLUMNS)))
        .compile(),
    ];
  },
  start,
};
