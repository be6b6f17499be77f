import type { RunUsage } from 'keyturn';
import { command } from '../command';
import { optional, pageFlags, readKey, sinceFlag, toggle, untilFlag, workspaceFlag } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import { shortIds } from '../output/shortIds';
import { table } from '../output/table';
import { isoOf, isoOrNull, readableTime, windowWords } from '../output/times';
import { gathered, moreWords, mostOf, pagesOf } from './paging';
import { choiceWords } from './runWords';

const KEY = '--key <key>';
const USUAL = 50;

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

const noneWords = ({
  workspace,
  open,
  key,
  since,
  until,
}: {
  readonly workspace: string;
  readonly open: boolean;
  readonly key: string | undefined;
  readonly since: number | undefined;
  readonly until: number | undefined;
}): string =>
  `Workspace ${workspace} has no ${open ? 'open ' : ''}run` +
  (key === undefined ? '' : ' on this key') +
  (since === undefined && until === undefined ? '.' : ' in this time.');

export const runsList = command({
  operands: {},
  flags: {
    workspace: workspaceFlag,
    key: optional(KEY, 'only those on this key', readKey(KEY)),
    open: toggle('--open', 'only those that still hold their key'),
    since: sinceFlag('only those that held their key at this time or later'),
    until: untilFlag('only those that began before this time'),
    ...pageFlags,
  },
  examples: [
    'keyturn runs list --workspace acme --open',
    'keyturn runs list --workspace acme --key 6f0c3a1e --since 2026-11-24T12:00:00Z --all',
  ],
  run: async (session, given) => {
    const { workspace, key, open, since, until, after } = given;
    const most = mostOf(given, USUAL);
    const reader = await session.reader();
    const context = session.asReader(workspace);
    const filter = {
      ...(key === undefined ? {} : { keyId: (await reader.keys.resolve(context, key)).keyId }),
      openOnly: open,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
    const { log } = await reader.runs.list(context, { limit: 1 });
    const pages = pagesOf(
      async (part) => {
        const { runs: items, next, more } = await reader.runs.list(context, { ...filter, ...part });
        return { items, next, more };
      },
      most,
      after,
    );
    const { items: runs, next, more } = await gathered(pages);
    if (runs.length === 0) await reader.workspaces.get(context);
    const ids = shortIds(runs.map((run) => run.keyId));
    return {
      json: { workspaceId: workspace, runs: runs.map(runJson), next, more, log: logJson(log) },
      lines:
        runs.length === 0
          ? [noneWords(given)]
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
      hints: [...logWords(log), ...windowWords(filter)],
      below: moreWords({ next, more }),
    };
  },
});
