import type { AuditEntry } from 'keyturn';
import type { Cell } from '../output/csv';
import { isoOf, isoOrNull } from '../output/times';

/** An entry as every document has it; the names are also the columns of `--csv`. */
export const entryFields = (entry: AuditEntry) => ({
  sequence: entry.sequence,
  recordedAt: isoOf(entry.recordedAt),
  time: isoOf(entry.time),
  workspaceId: entry.workspaceId,
  actorKind: entry.actorKind,
  actorId: entry.actorId,
  action: entry.type,
  sentence: entry.sentence,
  keyId: entry.keyId,
  last4: entry.last4,
  vendor: entry.vendor,
  label: entry.label,
  previousKeyId: entry.previousKeyId,
  runId: entry.runId,
  projectId: entry.projectId,
  cause: entry.cause,
  caseId: entry.caseId,
  eventId: entry.eventId,
  position: entry.position,
  revision: entry.revision,
  correlationId: entry.correlationId,
  causationId: entry.causationId,
  commandId: entry.commandId,
  originRef: entry.originRef,
  clocksDiffer: entry.clocksDiffer,
  recordedAfter: isoOrNull(entry.recordedAfter),
});

type EntryFields = ReturnType<typeof entryFields>;

/** The columns of CSV, in their order. */
export const AUDIT_COLUMNS: ReadonlyArray<keyof EntryFields> = [
  'sequence',
  'recordedAt',
  'time',
  'workspaceId',
  'actorKind',
  'actorId',
  'action',
  'sentence',
  'keyId',
  'last4',
  'vendor',
  'label',
  'previousKeyId',
  'runId',
  'projectId',
  'cause',
  'caseId',
  'eventId',
  'position',
  'revision',
  'correlationId',
  'causationId',
  'commandId',
  'originRef',
  'clocksDiffer',
  'recordedAfter',
];

/** An entry's cells of CSV, in the order of the columns. */
export const entryCells = (entry: AuditEntry): ReadonlyArray<Cell> => {
  const fields = entryFields(entry);
  return AUDIT_COLUMNS.map((column) => {
    const value = fields[column];
    return column === 'last4' && typeof value === 'string' ? { literal: value } : value;
  });
};
