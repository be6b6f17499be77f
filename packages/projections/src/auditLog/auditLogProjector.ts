import type { SqliteConnection } from '@keyturn/sqlite';
import { type Kysely, sql } from 'kysely';
import { prepareInsert } from '../database/namedStatements';
import { prepare } from '../database/queryBuilder';
import type { ReadModelTables } from '../database/tables';
import { identities, type Projection, type Projector } from '../runtime/projector';
import { auditEntryOf } from './auditEntry';
import { casesOf } from './casesOfLog';
import {
  auditIndexStatistics,
  createAuditIndexes,
  createAuditTables,
  createAuditViews,
} from './auditLogSchema';
import { totalsOfLog } from './auditTotals';
import { keysOfLog, unknownKey } from './keysOfLog';
import { runsOfLog } from './runsOfLog';
import { AUDIT_ENTRY_COLUMNS } from './tables';
import { timesOfLog } from './timesOfLog';

const start = (database: SqliteConnection, db: Kysely<ReadModelTables>): Projection => {
  const insert = prepareInsert(database, db, 'audit_entries', AUDIT_ENTRY_COLUMNS);
  const last = prepare(
    database,
    db
      .selectFrom('audit_entries')
      .select(['sequence', 'recorded_at'])
      .orderBy('sequence', 'desc')
      .limit(sql.lit(1)),
  ).get();
  const keys = keysOfLog(database, db);
  const runs = runsOfLog(database, db);
  const lookups = { key: keys.of, projectOfRun: runs.projectOf };
  let sequence = last?.sequence ?? 0;
  let recordedAbove = last?.recorded_at ?? 0;
  const times = timesOfLog(database, db, sequence);
  const totals = totalsOfLog(database, db);

  return {
    apply: (batch) => {
      const caseOf = casesOf(batch, keys.of);
      for (const projected of batch) {
        const { event, envelope, recorded } = projected;
        if (event.type === 'KeyAdded') keys.add(envelope.workspaceId, event.data);
        if (event.type === 'KeyRelabelled') keys.relabel(envelope.workspaceId, event.data);
        if (event.type === 'KeyAddAbandoned') keys.add(envelope.workspaceId, unknownKey(event.data.keyId));
        if (event.type === 'RunKeyPinned') runs.start(envelope.workspaceId, event.data);
        const caseId = caseOf(projected);
        if (event.type === 'KeyHardDeleted' && caseId !== null) {
          keys.underCase(envelope.workspaceId, event.data.keyId, caseId);
        }
        sequence += 1;
        insert(auditEntryOf(projected, { sequence, recordedAbove, caseId }, lookups));
        recordedAbove = recorded.recordedAt;
        times.add(sequence, [recorded.recordedAt, envelope.time]);
        totals.add({ workspaceId: envelope.workspaceId, actor: envelope.actor, type: event.type });
        if (event.type === 'RunKeyReleased') runs.end(envelope.workspaceId, event.data.runId);
      }
      runs.write();
      times.write();
      totals.write();
    },
  };
};

/** The audit log: one entry for each event of the store, in its order. */
export const auditLogProjector: Projector = {
  ...identities['audit-log'],
  tables: [
    'audit_entries',
    'audit_keys',
    'audit_runs',
    'audit_times',
    'audit_totals',
    'audit_totals_overall',
  ],
  views: [
    'audit_entries_v2',
    'audit_known_keys',
    'audit_block_times',
    'audit_totals_v1',
    'audit_totals_overall_v1',
  ],
  createTables: createAuditTables,
  createIndexes: createAuditIndexes,
  indexStatistics: auditIndexStatistics,
  createViews: createAuditViews,
  start,
};
