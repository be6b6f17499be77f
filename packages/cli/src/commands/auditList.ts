import type { AuditEntry } from 'keyturn';
import { command } from '../command';
import { pageFlags, toggle } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import type { Line } from '../output/report';
import { table } from '../output/table';
import { isoOf, readableTime, windowWords } from '../output/times';
import { UsageError } from '../problems';
import { entryFields } from './auditEntry';
import { auditFilterFlags, auditQuestionOf } from './auditFilter';
import { csvFlags, csvOf, jsonLinesOf } from './auditLines';
import { refusedReport } from './auditRefused';
import { gathered, moreWords, mostOf, pagesOf, type Page } from './paging';

const USUAL = 50;

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
const doubts = (entries: ReadonlyArray<AuditEntry>): ReadonlyArray<string> => {
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

const tableLines = (entries: ReadonlyArray<AuditEntry>): ReadonlyArray<Line> =>
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

export const auditList = command({
  details: [
    'An entry for each event. Newest first, a page at a time; as CSV or JSON Lines all of them, unless --limit',
    "is said. A page stays what it is while new entries arrive, and any entry's sequence serves for --after.",
    'The order is that of the log. A clock can be wrong: --since and --until take an entry when its time in the',
    'store or its time by the service lies between them, and where the two differ both are shown.',
  ],
  operands: {},
  flags: {
    ...auditFilterFlags,
    ...pageFlags,
    oldestFirst: toggle('--oldest-first', 'in the order in which things happened'),
    ...csvFlags,
    jsonl: toggle('--jsonl', 'as JSON Lines, an entry each'),
    refused: toggle('--refused', 'attempts that this machine refused, which the log has nothing of'),
  },
  examples: [
    'keyturn audit list --workspace acme',
    'keyturn audit list --workspace acme --key 6f0c3a1e --uses --since 2026-11-01',
    'keyturn audit list --workspace acme --refused --since 2026-11-01',
    'keyturn audit list --action KeyHardDeleted --action KeyRetired --actor support:grace --csv',
  ],
  run: async (session, given) => {
    const { after, oldestFirst, csv, raw, jsonl } = given;
    const format = formatOf(csv || raw, jsonl, session.settings.json);
    if (given.refused) {
      if (format !== 'table') throw new UsageError('--refused comes as a table, or with --json.');
      return refusedReport(session, given);
    }
    const most = mostOf(given, format === 'table' ? USUAL : Number.POSITIVE_INFINITY);
    const reader = await session.reader();
    const { context, filter, unknown } = await auditQuestionOf(reader, session, given);
    const log = await reader.audit.checked(context);
    const order = oldestFirst ? 'oldest-first' : 'newest-first';
    const pages = pagesOf(
      async (part) => {
        const { entries, ...page } = await reader.audit.page(context, { ...filter, order, ...part });
        return { ...page, items: entries };
      },
      most,
      after,
    );
    const window = [...unknown, ...windowWords(filter)];
    if (format !== 'table') {
      let ended: Pick<Page<AuditEntry>, 'next' | 'more'> = { next: null, more: false };
      const entries = (async function* () {
        for await (const page of pages) {
          ended = page;
          yield* page.items;
        }
      })();
      return {
        streamed: format === 'csv' ? csvOf(entries, raw) : jsonLinesOf(entries),
        hints: [...logWords(log), ...window],
        below: () => moreWords(ended),
      };
    }
    const { items: entries, next, more } = await gathered(pages);
    return {
      json: {
        entries: entries.map(entryFields),
        next,
        more,
        clocksInDoubt: entries.some(
          ({ clocksDiffer, recordedAfter }) => clocksDiffer || recordedAfter !== null,
        ),
        log: logJson(log),
      },
      lines: tableLines(entries),
      hints: [...doubts(entries), ...logWords(log), ...window],
      below: moreWords({ next, more }),
    };
  },
});
