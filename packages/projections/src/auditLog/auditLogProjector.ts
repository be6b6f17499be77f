import type { SqliteConnection } from '@keyturn/sqlite';
import { type Kysely, sql } from 'kysely';
import { prepareInsert } from '../database/namedStatements';
import { prepare } from '../database/queryBuilder';
import type { ReadModelTables } from '../database/tables';
import { identities, type Projection, type Projector } from '../runtime/projector';
import { auditEntryOf } from './auditEntry';
import {
  auditIndexStatistics,
  createAuditIndexes,
  createAuditTables,
  createAuditViews,
} from './auditLogSchema';
import { keysOfLog, unknownKey } from './keysOfLog';
import { runsOfLog } from './runsOfLog';
import { AUDIT_ENTRY_COLUMNS } from './tables';

const start = (database: SqliteConnection, db: Kysely<ReadModelTables>): Projection => {
  const insert = prepareInsert(database, db, 'audit_entries', AUDIT_ENTRY_COLUMNS);
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
        insert(auditEntryOf(projected, { sequence, loggedAt }, lookups));
        if (event.type === 'RunKeyReleased') runs.end(envelope.workspaceId, event.data.runId);
      }
      runs.write();
    },
  };
};

/** The audit log: one entry for each event of the store, in its order. */
export const auditLogProjector: Projector = {
  ...identities['audit-log'],
  tables: ['audit_entries', 'audit_keys', 'audit_runs'],
  views: ['audit_entries_v2', 'audit_known_keys'],
  createTables: createAuditTables,
  createIndexes: createAuditIndexes,
  indexStatistics: auditIndexStatistics,
  createViews: createAuditViews,
  start,
};
