import type { AuditCountBy, AuditCountOf, AuditCounts, KeyturnReader } from 'keyturn';
import { command } from '../command';
import { oneOf, optional } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import type { Line } from '../output/report';
import { table } from '../output/table';
import { windowWords } from '../output/times';
import { auditFilterFlags, auditQuestionOf, type AuditQuestion } from './auditFilter';

const BY = '--by <what>';

/** How each kind of count is shown. */
const COLUMNS: {
  readonly [B in AuditCountBy]: {
    readonly headings: ReadonlyArray<string>;
    readonly cells: (count: AuditCountOf[B]) => ReadonlyArray<string>;
  };
} = {
  action: { headings: ['ACTION'], cells: ({ action }) => [action] },
  actor: { headings: ['ACTOR'], cells: ({ actorKind, actorId }) => [`${actorKind}:${actorId}`] },
  day: { headings: ['DAY (UTC)'], cells: ({ day }) => [day] },
  key: {
    headings: ['WORKSPACE', 'KEY', 'LAST 4', 'VENDOR', 'LABEL'],
    cells: ({ workspaceId, keyId, last4, vendor, label }) => [
      workspaceId,
      keyId ?? 'no key',
      last4 === null ? '' : `…${last4}`,
      vendor ?? '',
      label ?? '',
    ],
  },
};

const countLines = <B extends AuditCountBy>(by: B, { counts }: AuditCounts<B>): ReadonlyArray<Line> => {
  const { headings, cells } = COLUMNS[by];
  return counts.length === 0
    ? []
    : table(
        ['COUNT', ...headings],
        counts.map((count) => [String(count.count), ...cells(count)]),
      );
};

const counted = async <B extends AuditCountBy>(
  { audit }: KeyturnReader,
  { context, filter }: AuditQuestion,
  by: B,
) => {
  const found = await audit.count(context, by, filter);
  return { found, lines: countLines(by, found) };
};

export const auditCount = command({
  details: [
    'In all, or with --by for each action, actor, day or key, the most first; days are those of UTC by the',
    "store's time, oldest first.",
  ],
  operands: {},
  flags: {
    ...auditFilterFlags,
    by: optional(BY, 'action, actor, day or key', oneOf(BY, ['action', 'actor', 'day', 'key'])),
  },
  examples: [
    'keyturn audit count --workspace acme --by actor',
    'keyturn audit count --last4 AbCd --uses --since 2026-11-24T12:00:00Z --by day',
  ],
  run: async (session, given) => {
    const { by } = given;
    const reader = await session.reader();
    const question = await auditQuestionOf(reader, session, given);
    const { found, lines } = await counted(reader, question, by ?? 'action');
    const { total, counts, log } = found;
    return {
      json: { total, by: by ?? null, counts: by === undefined ? [] : counts, log: logJson(log) },
      lines: [
        ...(by === undefined ? [] : lines),
        total === 1 ? '1 entry matches.' : `${total} entries match.`,
      ],
      hints: [...logWords(log), ...question.unknown, ...windowWords(question.filter)],
    };
  },
});
