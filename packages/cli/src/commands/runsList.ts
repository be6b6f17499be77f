import type { RunUsage } from 'keyturn';
import { command } from '../command';
import { optional, readKey, text, toggle, wholeNumber, workspaceFlag } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import { shortIds } from '../output/shortIds';
import { table } from '../output/table';
import { isoOf, isoOrNull, readableTime } from '../output/times';
import { choiceWords } from './runWords';

const KEY = '--key <key>';
const LIMIT = '--limit <n>';
const AFTER = '--after <cursor>';
const LARGEST_PAGE = 1_000;

const runJson = (run: RunUsage): object => ({
  runId: run.runId,
  projectId: run.projectId,
  keyId: run.keyId,
  last4: run.last4,
  vendor: run.vendor,
  requested: run.requested,
  choice: run.choice,
  open: run.releasedAt === null,
  pinnedAt: isoOf(run.pinnedAt),
  leaseUntil: isoOf(run.leaseUntil),
  resumed: run.resumed,
  releasedAt: isoOrNull(run.releasedAt),
  outcome: run.outcome,
  interrupted: run.interrupted,
});

const stateOf = ({ releasedAt, outcome, interrupted }: RunUsage): string => {
  const state = releasedAt === null ? 'open' : (outcome ?? 'ended');
  return interrupted ? `${state}, interrupted` : state;
};

const HEADINGS = [
  'RUN',
  'STATE',
  'KEY',
  'LAST 4',
  'VENDOR',
  'CHOSEN AS',
  'PROJECT',
  'STARTED',
  'LEASE UNTIL',
];

export const runsList = command({
  name: 'list',
  summary: 'The runs of a workspace, newest first',
  operands: {},
  flags: {
    workspace: workspaceFlag,
    key: optional(KEY, 'only those on this key', readKey(KEY)),
    open: toggle('--open', 'only those that still hold their key'),
    limit: optional(LIMIT, `at most so many, 1 to ${LARGEST_PAGE} (50)`, wholeNumber(LIMIT, 1, LARGEST_PAGE)),
    after: optional(AFTER, 'go on where the page that gave this cursor ended', text(AFTER)),
  },
  examples: ['keyturn runs list --workspace acme --open'],
  run: async (session, { workspace, key, open, limit = 50, after }) => {
    const reader = await session.reader();
    const context = session.asReader(workspace);
    const { runs, next, more, log } = await reader.runs.list(context, {
      ...(key === undefined ? {} : { keyId: (await reader.keys.resolve(context, key)).keyId }),
      openOnly: open,
      limit,
      ...(after === undefined ? {} : { cursor: after }),
    });
    const ids = shortIds(runs.map((run) => run.keyId));
    return {
      json: { workspaceId: workspace, runs: runs.map(runJson), next, more, log: logJson(log) },
      lines:
        runs.length === 0
          ? [
              `Workspace ${workspace} has no ${open ? 'open ' : ''}run${key === undefined ? '' : ' on this key'}.`,
            ]
          : table(
              HEADINGS,
              runs.map((run) => [
                run.runId,
                stateOf(run),
                ids(run.keyId),
                `…${run.last4 ?? ''}`,
                run.vendor,
                choiceWords(run.choice),
                run.projectId ?? '',
                readableTime(run.pinnedAt),
                readableTime(run.leaseUntil),
              ]),
            ),
      hints: [...logWords(log), ...(more && next !== null ? [`There are more: --after ${next}`] : [])],
    };
  },
});
