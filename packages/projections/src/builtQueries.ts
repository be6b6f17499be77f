import type { SqliteConnection } from '@keyturn/sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import {
  type ActionCount,
  type ActorCount,
  countByAction,
  countByActor,
  countByDay,
  countByKey,
  type DayCount,
  type KeyCount,
} from './auditLog/auditCounts';
import type { AuditFilter } from './auditLog/auditFilter';
import type { AuditSource } from './auditLog/auditSelection';
import {
  type AuditLanguage,
  type AuditPage,
  auditPage,
  type AuditPageOptions,
} from './auditLog/auditQueries';
import { requestsOfRuns } from './auditLog/requestsOfRuns';
import { suspectedSince } from './auditLog/suspectedSince';
import { nearestInLog, type NameInLog } from './auditLog/nearestInLog';
import { databaseOfKysely } from './database/databaseOfKysely';
import type { ReadModelTables } from './database/tables';
import {
  listRuns,
  type RunsPageOptions,
  type RunUsageFilter,
  type RunUsagePage,
} from './runUsage/runUsageQueries';

/** The queries whose text depends on what is asked for. */
export interface BuiltQueries {
  readonly listRuns: (filter: RunUsageFilter, page: RunsPageOptions) => Promise<RunUsagePage>;
  readonly auditPage: (filter: AuditFilter, page: AuditPageOptions) => Promise<AuditPage>;
  readonly suspectedSince: (of: {
    readonly workspaceId: string;
    readonly keyId: string;
  }) => Promise<number | null>;
  readonly requestsOfRuns: (of: {
    readonly workspaceId: string;
    readonly keyId: string;
    readonly since: number;
  }) => Promise<ReadonlyMap<string, number>>;
  readonly nearestInLog: (
    place: Pick<AuditFilter, 'workspaceId'>,
    kind: NameInLog,
    named: string,
  ) => Promise<string | null>;
  readonly countByAction: (filter: AuditFilter) => Promise<ReadonlyArray<ActionCount>>;
  readonly countByActor: (filter: AuditFilter) => Promise<ReadonlyArray<ActorCount>>;
  readonly countByDay: (filter: AuditFilter) => Promise<ReadonlyArray<DayCount>>;
  readonly countByKey: (filter: AuditFilter) => Promise<ReadonlyArray<KeyCount>>;
}

/** Loads the query builder, so that it is imported when one of them is first asked. */
export const builtQueries = (
  connection: SqliteConnection,
  language: AuditLanguage,
  audit: Omit<AuditSource, 'db'>,
): BuiltQueries => {
  const db = new Kysely<ReadModelTables>({
    dialect: new SqliteDialect({ database: databaseOfKysely(connection) }),
  });
  const source: AuditSource = { ...audit, db };
  const isThere = async (filter: AuditFilter): Promise<boolean> =>
    (await auditPage(source, language, filter, { order: 'newest-first', limit: 1 })).entries.length > 0;
  return {
    listRuns: (filter, page) => listRuns(db, filter, page),
    auditPage: (filter, page) => auditPage(source, language, filter, page),
    requestsOfRuns: (of) => requestsOfRuns(source, of),
    suspectedSince: (of) => suspectedSince(source, of),
    nearestInLog: (place, kind, named) => nearestInLog(connection, isThere, place, kind, named),
    countByAction: (filter) => countByAction(source, filter),
    countByActor: (filter) => countByActor(source, filter),
    countByDay: (filter) => countByDay(source, filter),
    countByKey: (filter) => countByKey(source, filter),
  };
};
