import type { ActContext, KeyDeletion, Keyturn } from 'keyturn';
import { command } from '../command';
import {
  keyOperand,
  oneOf,
  optional,
  readCase,
  required,
  successorFlag,
  toggle,
  workspaceFlag,
} from '../input/flags';
import { doIrreversibly, dryRunFlag, yesFlag } from '../irreversible';
import { resolveKey } from '../keyArgument';
import { overdueHints } from '../overdueRuns';
import type { Report } from '../output/report';
import { UsageError } from '../problems';
import { killCheckLines } from './killCheckWords';
import { destructionJson, destructionLine, keyJson, keyLine } from './keyWords';
import { leakHints } from './validationWords';

/** The successor to hand on, resolved. */
const successorOf = async (
  keyturn: Keyturn,
  context: ActContext,
  successor: string | undefined,
): Promise<{ readonly successor?: string }> =>
  successor === undefined ? {} : { successor: await resolveKey(keyturn, context, successor) };

const deletedReport = (
  deleted: KeyDeletion,
  more: Pick<Report, 'lines' | 'hints'> & { readonly json: object },
): Report => {
  const { key, state, openRuns, interruptedRuns, destructions, alreadyDeleted, sameSecret } = deleted;
  const waiting =
    'No new run gets it; it is destroyed when its last ' +
    `${openRuns === 1 ? 'run ends' : `${openRuns} runs end`}.`;
  return {
    json: {
      key: keyJson(key),
      state,
      openRuns,
      interruptedRuns,
      destructions: destructions.map(destructionJson),
      alreadyDeleted,
      sameSecret: sameSecret.map(keyJson),
      ...more.json,
      keyringRevision: deleted.keyringRevision,
    },
    lines: [
      key.display,
      keyLine(key),
      ...(alreadyDeleted ? ['It was deleted before.'] : []),
      ...(state === 'retired' ? [waiting] : []),
      ...destructions.map(destructionLine),
      ...more.lines,
    ],
    hints: more.hints ?? [],
  };
};

export const keysDelete = command({
  details: ['A key that is Default somewhere needs a successor; no Default falls back by itself.'],
  operands: { key: keyOperand },
  flags: {
    workspace: workspaceFlag,
    successor: successorFlag,
    leaveEmpty: toggle('--leave-empty', 'the workspace may be left without any key'),
    yes: yesFlag,
    dryRun: dryRunFlag,
  },
  examples: [
    'keyturn keys delete 6f0c3a1e --workspace acme',
    'keyturn keys delete 6f0c3a1e --workspace acme --successor 9b2d41c7 --yes',
  ],
  run: (session, { workspace, key: named, successor, leaveEmpty, ...given }) => {
    const requestOf = async (keyturn: Keyturn, context: ActContext) => ({
      keyId: await resolveKey(keyturn, context, named),
      ...(await successorOf(keyturn, context, successor)),
      leaveEmpty,
    });
    return doIrreversibly(session, given, {
      workspace,
      words: 'keyturn keys delete KEY --workspace W --yes',
      foresee: async (keyturn, context) =>
        keyturn.keys.delete(context, await requestOf(keyturn, context), { dryRun: true }),
      run: async (keyturn, context) => {
        const request = await requestOf(keyturn, context);
        const deleted = await session.showing('Deleting the key', () =>
          keyturn.keys.delete(context, request),
        );
        const hints = deleted.state === 'retired' ? await overdueHints(keyturn, context, request.keyId) : [];
        return deletedReport(deleted, { json: {}, lines: [], hints });
      },
    });
  },
});

const heldWords = ({ alreadyDeleted, interruptedRuns }: KeyDeletion): ReadonlyArray<string> => {
  if (alreadyDeleted) return [];
  return [
    interruptedRuns.length === 0 ? 'No run held it.' : `Interrupted runs: ${interruptedRuns.join(', ')}`,
  ];
};

/** A leak is not over while the same secret serves under another id. */
const sameSecretWords = (workspace: string, { sameSecret }: KeyDeletion): ReadonlyArray<string> =>
  sameSecret.map(
    ({ display, keyId }) =>
      `The same secret is still on file as ${display}: ` +
      `keyturn keys hard-delete ${keyId} --workspace ${workspace} --case CASE`,
  );

/** It is deleted all the same. */
const checkedWords = (
  wasAsked: boolean,
  { killCheck, alreadyDeleted }: KeyDeletion,
): ReadonlyArray<string> => {
  if (killCheck !== null) return killCheckLines(killCheck);
  return wasAsked && !alreadyDeleted
    ? [
        'There is no word of the vendor here whether it still takes the key: it was not asked, or not in time.',
      ]
    : [];
};

const REASON = '--reason <reason>';

export const keysHardDelete = command({
  details: [
    'Runs that hold the key are interrupted, and named. With the reason leak (which is meant when none is',
    'given) the secret never comes back on file. A key that was deleted before is told of again, with the page to',
    'revoke it on, and its leak is recorded. With --now its vendor is asked once before whether it still takes the',
    'key: nobody has the bytes afterwards. It is destroyed whatever the vendor says, after 15 seconds at the latest.',
  ],
  operands: { key: keyOperand },
  flags: {
    workspace: workspaceFlag,
    case: required('--case <id>', 'the support case', readCase),
    reason: optional(REASON, 'leak (when left out) or other', oneOf(REASON, ['leak', 'other'])),
    successor: successorFlag,
    now: toggle('--now', 'with one last kill check, from the bytes that are about to go'),
    yes: yesFlag,
    dryRun: dryRunFlag,
  },
  examples: [
    'keyturn keys hard-delete 6f0c3a1e --workspace acme --case CASE-1042 --dry-run',
    'keyturn keys hard-delete 6f0c3a1e --workspace acme --case CASE-1042 --now --yes',
    'keyturn keys hard-delete 6f0c3a1e --workspace acme --case CASE-1042 --successor 9b2d41c7 --as support:grace',
    "keyturn keys hard-delete 6f0c3a1e --workspace acme --case '#1042' --as support:grace",
  ],
  run: (session, { workspace, key: named, case: caseId, reason = 'leak', successor, now, ...given }) => {
    if (now && reason !== 'leak') throw new UsageError('--now is for a leak: leave --reason out.');
    const requestOf = async (keyturn: Keyturn, context: ActContext) => ({
      keyId: await resolveKey(keyturn, context, named),
      caseId,
      reason,
      killCheck: now,
      ...(await successorOf(keyturn, context, successor)),
    });
    return doIrreversibly(session, given, {
      workspace,
      words: 'keyturn keys hard-delete KEY --workspace W --case C --yes',
      foresee: async (keyturn, context) =>
        keyturn.keys.hardDelete(context, await requestOf(keyturn, context), { dryRun: true }),
      run: async (keyturn, context) => {
        const request = await requestOf(keyturn, context);
        const deleted = await session.showing('Destroying the key', () =>
          keyturn.keys.hardDelete(context, request),
        );
        const { name, revocationPage: page } = keyturn.vendors.get(deleted.key.vendor);
        return deletedReport(deleted, {
          json: { caseId, reason, revocationPage: page, killCheck: deleted.killCheck },
          lines: [
            ...heldWords(deleted),
            ...checkedWords(now, deleted),
            ...sameSecretWords(workspace, deleted),
            `Revoke it at ${name} as well${page === null ? '' : `: ${page}`}`,
            ...(reason === 'leak'
              ? [
                  'That is the action that actually stops the leaked key from being used by a third party.',
                  ...leakHints(session.settings.contacts),
                  ...(deleted.alreadyDeleted ? ['Its secret does not come back on file.'] : []),
                ]
              : []),
          ],
        });
      },
    });
  },
});
