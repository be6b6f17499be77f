import { command } from '../command';
import { logWords } from '../output/logWords';
import { windowWords } from '../output/times';
import { UsageError } from '../problems';
import { auditFilterFlags, auditQuestionOf } from './auditFilter';
import { csvFlags, csvOf, jsonLinesOf } from './auditLines';

export const auditExport = command({
  details: [
    'JSON Lines, an entry each, unless --csv is given. Nothing is cut, and nothing is kept in memory:',
    'it is written as it is read. Ended by a fault (status 3), what was written is the beginning.',
  ],
  operands: {},
  flags: { ...auditFilterFlags, ...csvFlags },
  examples: [
    'keyturn audit export --workspace acme > acme.jsonl',
    'keyturn audit export --since 2026-11-01 --csv > november.csv',
  ],
  run: async (session, given) => {
    if (session.settings.json)
      throw new UsageError('audit export writes JSON Lines, or with --csv CSV: it takes no --json.');
    const reader = await session.reader();
    const { context, filter, unknown } = await auditQuestionOf(reader, session, given);
    const hints = [...logWords(await reader.audit.checked(context)), ...unknown, ...windowWords(filter)];
    const entries = reader.audit.export(context, filter);
    return { streamed: given.csv || given.raw ? csvOf(entries, given.raw) : jsonLinesOf(entries), hints };
  },
});
