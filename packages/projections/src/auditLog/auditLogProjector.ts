import type { Database } from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { bound, prepare } from '../database/queryBuilder';
import type { ReadModelTables } from '../database/tables';
import type { Projection, Projector } from '../runtime/projector';
import { auditEntryOf } from './auditEntry';
import {
  auditIndexStatistics,
  createAuditIndexes,
  createAuditTables,
  createAuditViews,
} from './auditLogSchema';
import { keysOfLog, unknownKey } from './keysOfLog';
import { runsOfLog } from './runsOfLog';
import { AUDIT_ENTRY_COLUMNS, type AuditEntriesTable } from './tables';

const start = (database: Database, db: Kysely<ReadModelTables>): Projection => {
  const insert = prepare(
    database,
    db
      .insertInto('audit_entries')
      .columns(AUDIT_ENTRY_COLUMNS)
      .expression(sql`${sql.raw(bound(AUDIT_ENTRY_COLUMNS))}`),
  );
  const last = prepare(
    database,
    db
      .selectFrom('audit_entries')
      .select(['sequence', 'logged_at'])
      .orderBy('sequence', 'desc')
      .limit(sql.lit(1)),
  ).get();
  const keys = keysOfLog(database, db);
  const runs = runsOfLog(database, db);
  const lookups = { key: keys.of, projectOfRun: runs.projectOf };
  let sequence = last?.sequence ?? 0;
  let loggedAt = last?.logged_at ?? 0;

  return {
    apply: (batch) => {
      for (const projected of batch) {
        const { event, envelope, recorded } = projected;
        if (event.type === 'KeyAdded') keys.add(envelope.workspaceId, event.data);
        if (event.type === 'KeyAddAbandoned') keys.add(envelope.workspaceId, unknownKey(event.data.keyId));
        if (event.type === 'RunKeyPinned') runs.start(envelope.workspaceId, event.data);
        sequence += 1;
        loggedAt = Math.max(loggedAt, recorded.recordedAt);
        insert.run(values(auditEntryOf(projected, { sequence, loggedAt }, lookups)));
        if (event.type === 'RunKeyReleased') runs.end(envelope.workspaceId, event.data.runId);
      }
      runs.write();
    },
  };
};

const values = (row: AuditEntriesTable): ReadonlyArray<string | number | bigint | null> =>
  AUDIT_ENTRY_COLUMNS.map((column) => row[column]);

/** The audit log: one entry for each event of the store, in its order. */
export const auditLogProjector: Projector = {
  name: 'audit-log',
  version: 1,
  tables: ['audit_entries', 'audit_keys', 'audit_runs'],
  views: ['audit_entries_v1', 'audit_known_keys'],
  createTables: createAuditTables,
  createIndexes: createAuditIndexes,
  indexStatistics: auditIndexStatistics,
  createViews: createAuditViews,
  start,
};
