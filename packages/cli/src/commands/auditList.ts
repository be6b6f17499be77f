import type { AuditEntry, AuditPage } from 'keyturn';
import { command } from '../command';
import { optional, text, toggle, wholeNumber } from '../input/flags';
import { csvLines } from '../output/csv';
import { logJson, logWords } from '../output/logWords';
import type { Line } from '../output/report';
import { jsonLine } from '../output/shown';
import { table } from '../output/table';
import { isoOf, readableTime } from '../output/times';
import { UsageError } from '../problems';
import { AUDIT_COLUMNS, entryCells, entryFields } from './auditEntry';
import { auditFilterFlags, auditQuestionOf } from './auditFilter';

const LIMIT = '--limit <n>';
const AFTER = '--after <cursor>';
const LARGEST_PAGE = 1_000;

const HEADINGS = ['#', 'RECORDED', 'WORKSPACE', 'ACTOR', 'ACTION', 'WHAT HAPPENED'];

/** Both times, where they can't both be right. */
const timesOf = ({ recordedAt, time, clocksDiffer }: AuditEntry): string =>
  clocksDiffer ? `${readableTime(recordedAt)}, told ${readableTime(time)}` : readableTime(recordedAt);

const NAMED_AT_MOST = 5;

const namedFirst = (sequences: ReadonlyArray<number>): string => {
  const named = sequences.slice(0, NAMED_AT_MOST).map((sequence) => `#${sequence}`);
  const others = sequences.length - named.length;
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${others} more`;
};

/** What the times of a page can't be trusted in. */
const doubts = ({ entries }: AuditPage): ReadonlyArray<string> => {
  const apart = entries.filter(({ clocksDiffer }) => clocksDiffer).map(({ sequence }) => sequence);
  return [
    ...(apart.length === 0
      ? []
      : [
          `Clocks differ: of ${namedFirst(apart)} the store's time and the service's are over five minutes apart. ` +
            'Both are shown, and both count for --since and --until.',
        ]),
    ...entries.flatMap(({ sequence, recordedAt, recordedAfter }) =>
      recordedAfter === null
        ? []
        : [
            `Clock went back: #${sequence} was recorded at ${isoOf(recordedAt)}, ` +
              `behind #${sequence - 1}, which was recorded at ${isoOf(recordedAfter)}.`,
          ],
    ),
  ];
};

const tableLines = ({ entries }: AuditPage): ReadonlyArray<Line> =>
  entries.length === 0
    ? ['No entry matches.']
    : table(
        HEADINGS,
        entries.map((entry) => [
          String(entry.sequence),
          timesOf(entry),
          entry.workspaceId,
          `${entry.actorKind}:${entry.actorId}`,
          entry.type,
          entry.sentence,
        ]),
      );

type Format = 'table' | 'csv' | 'jsonl';

const formatOf = (csv: boolean, jsonl: boolean, json: boolean): Format => {
  if ([csv, jsonl, json].filter(Boolean).length > 1) {
    throw new UsageError('--json, --csv and --jsonl: take one of them.');
  }
  if (csv) return 'csv';
  return jsonl ? 'jsonl' : 'table';
};

const linesOf = (format: Format, page: AuditPage): ReadonlyArray<Line> => {
  switch (format) {
    case 'table':
      return tableLines(page);
    case 'csv':
      return csvLines(AUDIT_COLUMNS, page.entries.map(entryCells));
    case 'jsonl':
      return page.entries.map((entry) => jsonLine(entryFields(entry)));
  }
};

export const auditList = command({
  name: 'list',
  summary: 'Who did what to which key, and when',
  details: [
    'An entry for each event. Newest first, a page at a time; a page stays what it is while new entries arrive.',
    'Its order is that of the log. A clock can be wrong: --since and --until take an entry when its time in the',
    'store or its time by the service lies between them, and where the two differ both are shown.',
  ],
  operands: {},
  flags: {
    ...auditFilterFlags,
    limit: optional(LIMIT, `at most so many, 1 to ${LARGEST_PAGE} (50)`, wholeNumber(LIMIT, 1, LARGEST_PAGE)),
    after: optional(AFTER, 'go on where the page that gave this cursor ended', text(AFTER)),
    oldestFirst: toggle('--oldest-first', 'in the order in which things happened'),
    csv: toggle('--csv', 'as CSV (RFC 4180)'),
    jsonl: toggle('--jsonl', 'as JSON Lines, an entry each'),
  },
  examples: [
    'keyturn audit list --workspace acme',
    'keyturn audit list --workspace acme --key 6f0c3a1e --since 2026-11-01 --json',
    'keyturn audit list --action KeyHardDeleted --actor support:grace --csv',
  ],
  run: async (session, given) => {
    const { limit = 50, after, oldestFirst, csv, jsonl } = given;
    const format = formatOf(csv, jsonl, session.settings.json);
    const reader = await session.reader();
    const { context, filter } = await auditQuestionOf(reader, session, given);
    const page = await reader.audit.page(context, {
      ...filter,
      order: oldestFirst ? 'oldest-first' : 'newest-first',
      limit,
      ...(after === undefined ? {} : { cursor: after }),
    });
    return {
      json: {
        entries: page.entries.map(entryFields),
        next: page.next,
        more: page.more,
        clocksInDoubt: page.clocksInDoubt,
        log: logJson(page.log),
      },
      lines: linesOf(format, page),
      hints: [
        ...doubts(page),
        ...logWords(page.log),
        ...(page.more && page.next !== null ? [`There are more: --after ${page.next}`] : []),
      ],
    };
  },
});
