import type { AuditEntry } from 'keyturn';
import { command } from '../command';
import { toggle } from '../input/flags';
import { csvLine } from '../output/csv';
import { logWords } from '../output/logWords';
import { jsonLine } from '../output/shown';
import { UsageError } from '../problems';
import { AUDIT_COLUMNS, entryCells, entryFields } from './auditEntry';
import { auditFilterFlags, auditQuestionOf } from './auditFilter';

async function* csvOf(entries: AsyncIterable<AuditEntry>): AsyncIterable<string> {
  yield csvLine(AUDIT_COLUMNS);
  for await (const entry of entries) yield csvLine(entryCells(entry));
}

async function* jsonLinesOf(entries: AsyncIterable<AuditEntry>): AsyncIterable<string> {
  for await (const entry of entries) yield jsonLine(entryFields(entry));
}

export const auditExport = command({
  name: 'export',
  summary: 'Every entry of the audit log that matches, oldest first',
  details: [
    'JSON Lines, an entry each, unless --csv is given. Nothing is cut, and nothing is kept in memory:',
    'it is written as it is read. Ended by a fault (status 3), what was written is the beginning.',
  ],
  operands: {},
  flags: { ...auditFilterFlags, csv: toggle('--csv', 'as CSV (RFC 4180)') },
  examples: [
    'keyturn audit export --workspace acme > acme.jsonl',
    'keyturn audit export --since 2026-11-01 --csv > november.csv',
  ],
  run: async (session, given) => {
    if (session.settings.json)
      throw new UsageError('audit export writes JSON Lines, or with --csv CSV: it takes no --json.');
    const reader = await session.reader();
    const { context, filter } = await auditQuestionOf(reader, session, given);
    const hints = logWords(await reader.audit.checked(context));
    const entries = reader.audit.export(context, filter);
    return { streamed: given.csv ? csvOf(entries) : jsonLinesOf(entries), hints };
  },
});
