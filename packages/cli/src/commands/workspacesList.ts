import type { ListedWorkspace } from 'keyturn';
import { command } from '../command';
import { LIMIT, optional, text, wholeNumber } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import { shortIds } from '../output/shortIds';
import { table } from '../output/table';
import { isoOf, isoOrNull, readableOrNever, readableTime } from '../output/times';

const listedJson = ({ since, lastActivityAt, closedAt, ...workspace }: ListedWorkspace): object => ({
  ...workspace,
  since: isoOf(since),
  lastActivityAt: isoOrNull(lastActivityAt),
  closedAt: isoOrNull(closedAt),
});

const HEADINGS = [
  'WORKSPACE',
  'DEFAULT',
  'ACTIVE',
  'PENDING',
  'FAILED',
  'DELETING',
  'DELETED',
  'LAST ACTIVE',
  'CLOSED',
];
const AFTER = '--after <cursor>';

export const workspacesList = command({
  details: [
    'With its keys by state, its Default and when somebody was last active there; closed ones, too. Last active is',
    'whoever did something but Keyturn itself.',
  ],
  operands: {},
  flags: {
    limit: optional(LIMIT, 'workspaces of a page, 1 to 1000 (50)', wholeNumber(LIMIT, 1, 1_000)),
    after: optional(AFTER, 'the next of the page before', text(AFTER)),
  },
  examples: ['keyturn workspaces list', 'keyturn workspaces list --json'],
  run: async (session, { limit, after }) => {
    const { workspaces: reading } = await session.reader();
    const { workspaces, next, more, log } = await reading.list(session.asReaderOfAll(), {
      ...(limit === undefined ? {} : { limit }),
      ...(after === undefined ? {} : { cursor: after }),
    });
    const ids = shortIds(workspaces.flatMap(({ defaultKey }) => defaultKey?.keyId ?? []));
    return {
      json: { workspaces: workspaces.map(listedJson), next, more, log: logJson(log) },
      lines:
        workspaces.length === 0
          ? [
              after === undefined
                ? 'There is no workspace yet. The first key makes one: keyturn keys add --workspace W --vendor VENDOR'
                : 'There are no more workspaces.',
            ]
          : table(
              HEADINGS,
              workspaces.map(({ workspaceId, keys, defaultKey, lastActivityAt, closedAt, closedCaseId }) => [
                workspaceId,
                defaultKey === null ? 'none' : `…${defaultKey.last4} (${ids(defaultKey.keyId)})`,
                String(keys.active),
                String(keys.pending),
                String(keys.failed),
                String(keys.retired),
                String(keys['hard-deleted']),
                readableOrNever(lastActivityAt),
                closedAt === null ? '' : `${readableTime(closedAt)}, ${closedCaseId ?? ''}`,
              ]),
            ),
      hints: [
        ...(more && next !== null ? [`There are more: keyturn workspaces list --after ${next}`] : []),
        ...logWords(log),
      ],
    };
  },
});
