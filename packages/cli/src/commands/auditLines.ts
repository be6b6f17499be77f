import type { AuditEntry } from 'keyturn';
import { toggle } from '../input/flags';
import { csvLine } from '../output/csv';
import { jsonLine } from '../output/shown';
import { AUDIT_COLUMNS, entryCells, entryFields } from './auditEntry';

export const csvFlags = {
  csv: toggle('--csv', "as CSV (RFC 4180); a cell that a spreadsheet would run has a ' in front"),
  raw: toggle('--raw', "as CSV without that ': the same as in JSON Lines, and not for a spreadsheet"),
} as const;

/** The lines of a CSV file. */
export async function* csvOf(entries: AsyncIterable<AuditEntry>, raw: boolean): AsyncIterable<string> {
  yield csvLine(AUDIT_COLUMNS, raw);
  for await (const entry of entries) yield csvLine(entryCells(entry), raw);
}

export async function* jsonLinesOf(entries: AsyncIterable<AuditEntry>): AsyncIterable<string> {
  for await (const entry of entries) yield jsonLine(entryFields(entry));
}
