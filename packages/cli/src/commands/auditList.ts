import type { AuditEntry, AuditPage } from '@keyturn/projections';
import { command } from '../command';
import { optional, text, toggle, wholeNumber } from '../input/flags';
import { csvLines } from '../output/csv';
import { table } from '../output/table';
import { isoOf, readableTime } from '../output/times';
import { UsageError } from '../problems';
import { right } from '../right';
import { auditFilterFlags, auditFilterOf } from './auditFilter';

const LIMIT = '--limit <n>';
const AFTER = '--after <cursor>';
const LARGEST_PAGE = 1_000;

/** An entry as every document has it; the names are also the columns of `--csv`. */
const entryFields = (entry: AuditEntry) => ({
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
  position: entry.position.toString(),
  revision: entry.revision,
  correlationId: entry.correlationId,
  causationId: entry.causationId,
  commandId: entry.commandId,
  originRef: entry.originRef,
});

type EntryFields = ReturnType<typeof entryFields>;

const COLUMNS: ReadonlyArray<keyof EntryFields> = [
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
];

const HEADINGS = ['#', 'RECORDED', 'WORKSPACE', 'ACTOR', 'ACTION', 'WHAT HAPPENED'];

const tableLines = ({ entries }: AuditPage): ReadonlyArray<string> =>
  entries.length === 0
    ? ['No entry matches.']
    : table(
        HEADINGS,
        entries.map((entry) => [
          String(entry.sequence),
          readableTime(entry.recordedAt),
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

const linesOf = (format: Format, page: AuditPage): ReadonlyArray<string> => {
  const entries = page.entries.map(entryFields);
  switch (format) {
    case 'table':
      return tableLines(page);
    case 'csv':
      return csvLines(
        COLUMNS,
        entries.map((entry) => COLUMNS.map((column) => entry[column])),
      );
    case 'jsonl':
      return entries.map((entry) => JSON.stringify(entry));
  }
};

export const auditList = command({
  name: 'list',
  summary: 'Who did what to which key, and when',
  details: [
    'An entry for each event. Newest first, a page at a time; a page stays what it is while new entries arrive.',
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
    const filter = await auditFilterOf(session, given);
    const models = await session.currentReadModels();
    const page = await right(
      models.auditPage(filter, {
        order: oldestFirst ? 'oldest-first' : 'newest-first',
        limit,
        ...(after === undefined ? {} : { after }),
      }),
    );
    return {
      json: { entries: page.entries.map(entryFields), next: page.next, more: page.more },
      lines: linesOf(format, page),
      hints: page.more && page.next !== null ? [`There are more: --after ${page.next}`] : [],
    };
  },
});
