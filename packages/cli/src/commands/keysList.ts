import type { ListedWorkspace } from 'keyturn';
import { command } from '../command';
import { oneOf, optional, toggle, workspaceFlag } from '../input/flags';
import { logJson, logWords } from '../output/logWords';
import { shortIds } from '../output/shortIds';
import { table } from '../output/table';
import { readableOrNever, readableTime } from '../output/times';
import { brokenDefaultHints, brokenDefaultJson, brokenDefaultsOf } from './brokenDefaults';
import { KEY_ORDERS, sortedKeys } from './keyOrder';
import { faultHints, knownKeyJson, rotateByWords } from './knownKeyWords';

const HEADINGS = ['KEY', 'DISPLAY', 'VENDOR', 'LABEL', 'PROJECTS', 'RUNS', 'ADDED', 'LAST USED', 'ROTATE BY'];

const SORT = '--sort <order>';

const emptyLine = (
  workspace: string,
  { closedAt, closedCaseId }: Pick<ListedWorkspace, 'closedAt' | 'closedCaseId'>,
) =>
  closedAt === null
    ? `Workspace ${workspace} has no key on file. Add one: keyturn keys add --workspace ${workspace} --vendor VENDOR`
    : `Workspace ${workspace} was closed under case ${closedCaseId ?? ''}, and its keys were destroyed.`;

export const keysList = command({
  details: [
    'Of a key no more than its last 4 characters is ever shown. ROTATE BY is when it is as old as keys should get',
    '(--rotate-after), or its expiry where that comes first; nothing is refused to a key that is due.',
  ],
  operands: {},
  flags: {
    workspace: workspaceFlag,
    all: toggle('--all', 'hard-deleted keys as well: every one that ever was'),
    sort: optional(
      SORT,
      'added (when left out); used: the last used first; due: what is due first; runs: most first',
      oneOf(SORT, KEY_ORDERS),
    ),
  },
  examples: [
    'keyturn keys list --workspace acme',
    'keyturn keys list --workspace acme --sort due',
    'keyturn keys list --workspace acme --all',
    'keyturn keys list --workspace acme --json',
  ],
  run: async (session, { workspace, all, sort = 'added' }) => {
    const { keys: reading, workspaces } = await session.reader();
    const listed = await reading.list(session.asReader(workspace), { includeHardDeleted: all });
    const keys = sortedKeys(listed, sort);
    const log = await reading.checked(session.asReader(workspace));
    const empty =
      keys.length === 0 ? [emptyLine(workspace, await workspaces.get(session.asReader(workspace)))] : null;
    const broken = brokenDefaultsOf(keys);
    const ids = shortIds(keys.map(({ keyId }) => keyId));
    return {
      json: {
        workspaceId: workspace,
        keys: keys.map(knownKeyJson),
        brokenDefaults: broken.map(brokenDefaultJson),
        log: logJson(log),
      },
      lines:
        empty ??
        table(
          HEADINGS,
          keys.map((key) => [
            ids(key.keyId),
            key.display,
            key.vendor,
            key.label ?? '',
            key.projectDefaults.join(', '),
            String(key.runsInFlight),
            readableTime(key.addedAt),
            readableOrNever(key.lastUsedAt),
            rotateByWords(key),
          ]),
        ),
      hints: [...faultHints(keys), ...brokenDefaultHints(workspace, broken), ...logWords(log)],
    };
  },
});
