import type { SelectQueryBuilder } from 'kysely';
import type { ReadModelTables } from '../database/tables';

/** A selection of entries, before it is said what is wanted of each. */
export type AuditEntriesQuery = SelectQueryBuilder<ReadModelTables, 'audit_entries_v2', unknown>;
