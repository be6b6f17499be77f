import type { CloseLeakCaseInput } from 'keyturn';
import { command } from '../command';
import { anyOf, workspaceFlag } from '../input/flags';
import { UsageError } from '../problems';
import { caseFlag, statusHint } from './leakCaseOfKey';

type LeftOpen = NonNullable<CloseLeakCaseInput['leftOpen']>[number];

const STEPS: Readonly<Record<LeftOpen['step'], true>> = {
  'stop-stranger': true,
  successor: true,
  revoke: true,
  'kill-check': true,
  'hard-delete': true,
  review: true,
};
const isStep = (named: string): named is LeftOpen['step'] => Object.hasOwn(STEPS, named);
const LEAVE = '--leave <step=reason>';

/** `kill-check=the bytes are gone`. */
const readLeft = (given: unknown): LeftOpen => {
  const [, step = '', reason = ''] = /^([a-z-]+)=(.*\S.*)$/s.exec(String(given)) ?? [];
  if (!isStep(step) || reason === '') {
    throw new UsageError(`--leave takes STEP=REASON. The steps: ${Object.keys(STEPS).join(', ')}.`);
  }
  return { step, reason: reason.trim() };
};

const OUTCOMES = {
  contained: 'contained: the vendor shows it dead',
  'revoked-unconfirmed': 'revoked, as a person says, and not confirmed',
  'not-contained': 'not contained',
  withdrawn: 'the report was withdrawn',
} as const;

export const leakClose = command({
  details: [
    'Closes the case for all keys of the workspace that were reported under it. A step that is open is named with its',
    'reason, or the case stays open. What it came to is what the vendor showed: contained is nobody’s to say.',
  ],
  operands: {},
  flags: {
    workspace: workspaceFlag,
    case: caseFlag,
    leave: {
      ...anyOf(LEAVE, 'a step that is left open, and why', readLeft),
      description: 'a step that is left open, and why; once for each',
    },
  },
  examples: [
    'keyturn leak close --workspace acme --case SR-1042',
    'keyturn leak close --workspace acme --case SR-1042 --leave "kill-check=nobody has the key any more"',
  ],
  run: async (session, { workspace, case: caseId, leave: leftOpen = [] }) => {
    const keyturn = await session.keyturn();
    const closed = await keyturn.support.close(session.context(workspace), { caseId, leftOpen });
    const { changed, outcomes, keyringRevision } = closed;
    return {
      json: { caseId, changed, outcomes, keyringRevision },
      lines: [
        changed ? `Case ${caseId} is closed in ${workspace}.` : `Case ${caseId} was closed before.`,
        ...outcomes.map(({ keyId, outcome }) => `Key ${keyId}: ${OUTCOMES[outcome]}.`),
      ],
      hints: changed ? [statusHint(caseId)] : [],
    };
  },
});
