import type { ClosedKey, WorkspaceClosing } from 'keyturn';
import { command } from '../command';
import { readCase, required, workspaceOperand } from '../input/flags';
import { doIrreversibly, dryRunFlag, yesFlag } from '../irreversible';
import type { Line, Report } from '../output/report';
import { isoOf, readableTime } from '../output/times';
import { keyJson, provenWords } from './keyWords';

const closedKeyJson = ({ key, interruptedRuns, state, reason, receipt }: ClosedKey): object => ({
  key: keyJson(key),
  interruptedRuns,
  state,
  reason,
  receipt: receipt === null ? null : { ...receipt, destroyedAt: isoOf(receipt.destroyedAt) },
});

const closedKeyLines = ({ key, interruptedRuns, reason, receipt }: ClosedKey): ReadonlyArray<Line> => [
  receipt === null
    ? `…${key.last4} (${key.keyId}): can't be opened any more; its destruction is pending: ${reason ?? ''}`
    : `…${key.last4} (${key.keyId}): destroyed in the vault on ${readableTime(receipt.destroyedAt)}, ` +
      `${provenWords(receipt.proof ?? 'erased')}.`,
  ...(interruptedRuns.length === 0 ? [] : [`  Interrupted runs: ${interruptedRuns.join(', ')}`]),
];

const closedReport = ({
  workspaceId,
  changed,
  caseId,
  closedAt,
  keys,
  keyringRevision,
}: WorkspaceClosing): Report => ({
  json: {
    workspaceId,
    changed,
    caseId,
    closedAt: isoOf(closedAt),
    keys: keys.map(closedKeyJson),
    keyringRevision,
  },
  lines: [
    {
      heading: changed
        ? `Workspace ${workspaceId} is closed, under case ${caseId}.`
        : `Workspace ${workspaceId} was closed on ${readableTime(closedAt)}, under case ${caseId}.`,
    },
    ...(keys.length === 0 ? ['No key went with it.'] : keys.flatMap(closedKeyLines)),
  ],
  hints: keys.some(({ state }) => state === 'pending')
    ? ['A sweep ends what is pending: keyturn sweep, or the same again.']
    : [],
});

export const workspacesClose = command({
  details: [
    'For an owner who leaves. From then on no key comes on file there, and no run gets one. Runs that hold a key are',
    'interrupted, and named; they can still be finished. Nothing opens a closed workspace again: an owner who comes',
    'back gets one of another name. The same again tells what was destroyed, with the receipts.',
  ],
  operands: { workspace: workspaceOperand },
  flags: { case: required('--case <id>', 'the support case', readCase), yes: yesFlag, dryRun: dryRunFlag },
  examples: [
    'keyturn workspaces close acme --case LEFT-3 --dry-run',
    'keyturn workspaces close acme --case LEFT-3 --as support:grace',
  ],
  run: (session, { workspace, case: caseId, ...given }) =>
    doIrreversibly(session, given, {
      workspace,
      words: 'keyturn workspaces close WORKSPACE --case C --yes',
      foresee: (keyturn, context) => keyturn.workspaces.close(context, { caseId }, { dryRun: true }),
      run: async (keyturn, context) =>
        closedReport(
          await session.showing('Closing the workspace', () => keyturn.workspaces.close(context, { caseId })),
        ),
    }),
});
