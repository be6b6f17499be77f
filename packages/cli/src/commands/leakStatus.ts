import type { LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';
import { command } from '../command';
import { oneOf, optional, readWorkspace, WORKSPACE } from '../input/flags';
import { isoOf, readableTime } from '../output/times';
import { wrappedRows } from '../output/wrappedRows';
import type { Line } from '../output/report';
import { refuseUnknownWorkspace } from './knownWorkspace';
import { caseFlag } from './leakCaseOfKey';
import { leakStepCommand } from './leakStepCommand';
import { noCaseWords } from './nameWords';

/** Together with what stands between them 110 columns: commands are to be copied whole. */
const WIDTHS = [14, 94];

const NAMES: { readonly [S in LeakStepStanding['step']]: string } = {
  find: '1 find',
  report: '2 report',
  'stop-stranger': '3 stop',
  successor: '4 successor',
  revoke: '5 revoke',
  'kill-check': '6 kill check',
  'hard-delete': '7 hard delete',
  review: '8 review',
  close: '9 close',
};

const MAIL = '--mail <step>';
const STEPS = [
  ...['next', 'find', 'report', 'stop-stranger', 'successor', 'revoke'],
  ...['kill-check', 'hard-delete', 'review', 'close'],
];

/** The mail about a step: the next one where it is named so, and the close where nothing is left. */
const mailOf = (
  { last4, workspaceId, next, steps }: LeakCaseKeyStanding,
  named: string,
): ReadonlyArray<Line> => {
  const meant = named === 'next' ? (next ?? 'close') : named;
  const found = steps.find(({ step }) => step === meant);
  if (found === undefined) return [];
  return [{ heading: `About …${last4} in ${workspaceId}: ${found.step}` }, ...found.mail.split('\n'), ''];
};

const minutes = (words: string, count: number | null): ReadonlyArray<string> =>
  count === null ? [] : [`${words} ${count} ${count === 1 ? 'minute' : 'minutes'} after the report.`];

/** A hard delete interrupts the runs that have the key, until they are finished. */
const runsWords = ({ status }: LeakCaseKeyStanding): string =>
  status === 'hard-deleted' ? 'Interrupted runs, not finished yet' : 'Open runs that have it';

const linesOf = (key: LeakCaseKeyStanding, caseId: string): ReadonlyArray<Line> => {
  const { last4, vendor, label, workspaceId, keyId, suspended, steps, openRuns, next } = key;
  const standing = ({ step, done, mark }: LeakStepStanding): string => {
    if (!done) return next === null ? 'left open' : leakStepCommand(key, caseId, step);
    return mark === null ? 'done' : `done ${readableTime(mark.at)}, ${mark.actor.kind}:${mark.actor.id}`;
  };
  return [
    { heading: `…${last4} (${vendor}${label === null ? '' : `, "${label}"`}) in ${workspaceId}` },
    `Key ${keyId}, ${suspended ? 'suspended' : key.status}, ${key.outcome}`,
    ...(openRuns.length === 0 ? [] : [`${runsWords(key)}: ${openRuns.join(', ')}`]),
    ...wrappedRows(
      WIDTHS,
      steps.map((step) => [NAMES[step.step], standing(step)]),
    ),
    ...minutes('Revoked', key.minutesToRevoked),
    ...minutes('Shown dead', key.minutesToDead),
    '',
  ];
};

/** A key of a case, as a document has it. */
export const keyJson = ({ steps, ...key }: LeakCaseKeyStanding, caseId: string): object => ({
  ...key,
  steps: steps.map(({ step, done, mark, mail }) => ({
    step,
    done,
    mark: mark && { ...mark, at: isoOf(mark.at) },
    command: done || key.next === null ? null : leakStepCommand({ ...key, steps }, caseId, step),
    mail,
  })),
});

export const leakStatus = command({
  details: [
    'The nine steps of each key of a case: when each was done and by whom, or the command that does it. What was done',
    'elsewhere, or before the report, is recognised. With --mail the text of the mail to the customer about a step:',
    'what is done, or what they are asked to do. It has nothing of the key but its last four characters.',
  ],
  operands: {},
  flags: {
    workspace: optional(WORKSPACE, 'only in this workspace', readWorkspace),
    case: caseFlag,
    mail: optional(
      MAIL,
      'the mail to the customer about this step, or about the next one',
      oneOf(MAIL, STEPS),
    ),
  },
  examples: [
    'keyturn leak status --case SR-1042',
    'keyturn leak status --case SR-1042 --mail next',
    'keyturn leak status --case SR-1042 --workspace acme --json',
  ],
  run: async (session, { workspace, case: caseId, mail }) => {
    const keyturn = await session.keyturn();
    const context = workspace === undefined ? session.asReaderOfAll() : session.asReader(workspace);
    const { keys, closed, hiddenWorkspaces } = await keyturn.support.status(context, { caseId });
    if (keys.length === 0) await refuseUnknownWorkspace(keyturn, context);
    return {
      json: { caseId, closed, hiddenWorkspaces, keys: keys.map((key) => keyJson(key, caseId)) },
      lines:
        keys.length === 0
          ? [await noCaseWords(keyturn, context, caseId)]
          : keys
              .flatMap((key) => (mail === undefined ? linesOf(key, caseId) : mailOf(key, mail)))
              .slice(0, -1),
    };
  },
});
