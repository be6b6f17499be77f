import type { LeakCaseKeyStanding } from './leakStanding';

type Step = LeakCaseKeyStanding['steps'][number]['step'];

/** What a mail says of a key's vendor. */
export interface MailVendor {
  readonly name: string;
  readonly revocationPage: string | null;
  readonly revokeSteps: ReadonlyArray<string>;
}

/** What is told of a case before its steps are known. */
type MailKey = Omit<LeakCaseKeyStanding, 'steps'>;

interface Told {
  readonly key: MailKey;
  readonly vendor: MailVendor;
}

type Sentences = (told: Told) => ReadonlyArray<string>;

const stops = 'That is the action that actually stops the leaked key from being used by a third party.';

const runsThatFail: Sentences = ({ key: { openRuns } }) =>
  openRuns.length === 0
    ? []
    : [`Runs that have the old key fail at the vendor from then on: ${openRuns.join(', ')}.`];

const clicks: Sentences = ({ vendor: { name, revocationPage, revokeSteps } }) => [
  `How to revoke it${revocationPage === null ? '' : `, at ${revocationPage}`}:`,
  ...(revokeSteps.length === 0
    ? [`1. Sign in at ${name}, find the key by its last four characters, and delete it.`]
    : revokeSteps.map((step, n) => `${n + 1}. ${step}`)),
];

const revokeOpen: Sentences = (told) => [
  `Please revoke the old key at ${told.vendor.name}. ${stops}`,
  ...clicks(told),
  'Tell us when it is done. Do not send us the key, or any other credential.',
];

const OUTCOMES: { readonly [O in MailKey['outcome']]: Sentences } = {
  contained: ({ vendor: { name } }) => [`${name} itself has shown that the key no longer works.`],
  'revoked-unconfirmed': ({ vendor: { name } }) => [
    `We were told that the key was revoked. ${name} has not confirmed that to us.`,
  ],
  'not-contained': () => [
    'Nothing shows yet that the key no longer works. It may still be used by a third party.',
  ],
  withdrawn: () => ['The report was taken back: the key was not the one that leaked.'],
};

/** What a person says is told, and not confirmed. */
const revokeDone: Sentences = (told) => OUTCOMES[told.key.outcome](told);

const MAILS: { readonly [S in Step]: { readonly open: Sentences; readonly done: Sentences } } = {
  find: {
    open: () => [
      'We look for the key that you wrote of. Its last four characters help us. Do not send the key itself.',
    ],
    done: () => ['We have found the key that you wrote of.'],
  },
  report: {
    open: () => ['We are about to record that the key leaked.'],
    done: () => [
      'We have recorded that the key leaked. It does not come back on file in this workspace.',
      'Please tell us: since when do you suspect it? Do you use the same key anywhere else? May a stranger have it?',
    ],
  },
  'stop-stranger': {
    open: (told) => [
      'A stranger may be using the key, so this comes first: a thief calls the vendor, and not us.',
      ...revokeOpen(told),
      ...runsThatFail(told),
    ],
    done: (told) =>
      // Nothing was revoked, so it was done by the report's own word.
      told.key.outcome === 'not-contained'
        ? ['You told us that no stranger may be using the key. Tell us at once where that changes.']
        : OUTCOMES[told.key.outcome](told),
  },
  successor: {
    open: ({ vendor: { name } }) => [
      `Please make a new key at ${name}, add it here, and set it as Default, also for projects that have the old one.`,
      'Paste it into the key form alone. Runs under way keep the key that they began with.',
    ],
    done: () => ['Your new key is valid and set as Default.'],
  },
  revoke: { open: (told) => [...revokeOpen(told), ...runsThatFail(told)], done: revokeDone },
  'kill-check': {
    open: ({ key: { notCheckable }, vendor: { name } }) =>
      notCheckable
        ? [
            `We can't ask ${name} whether the old key still works: it is destroyed here, and nobody has it any more.`,
            'If you still have it, tell us, and do not send it by mail.',
          ]
        : [
            `We ask ${name} whether it still takes the old key, until three answers in a row over five minutes say no.`,
            'Revocation is not instant. You need do nothing.',
          ],
    done: ({ vendor: { name } }) => [
      `${name} no longer takes the old key: it has shown that the key is dead.`,
    ],
  },
  'hard-delete': {
    open: () => [
      'We are about to hard-delete the old key from our vault. No run gets it then, and it can not be brought back.',
    ],
    done: () => ['The old key is hard-deleted from our vault, and its secret is destroyed.'],
  },
  review: {
    open: () => [
      'We go through your audit log for any anomalous activity that may have used the old key.',
      'We write to you what we find.',
    ],
    done: () => [
      'We have gone through your audit log for anomalous activity that may have used the old key.',
    ],
  },
  close: {
    open: (told) => [
      'We close the case when nothing is left to be done. How it stands:',
      ...OUTCOMES[told.key.outcome](told),
    ],
    done: (told) => ['The case is closed.', ...OUTCOMES[told.key.outcome](told)],
  },
};

/**
 * The text of a mail to the customer about one step of a case: what is done, or what they are asked to do. It names the
 * key by its last four characters, and has nothing more of it.
 */
export const leakMail = (
  key: MailKey,
  vendor: MailVendor,
  caseId: string,
  { step, done }: { readonly step: Step; readonly done: boolean },
): string => {
  const { last4, label, workspaceId } = key;
  const named = label === null ? '' : ` ("${label}")`;
  const told = { key, vendor };
  return [
    'Hello,',
    `this is about case ${caseId}: your ${vendor.name} key …${last4}${named} in workspace ${workspaceId}.`,
    '',
    ...MAILS[step][done ? 'done' : 'open'](told),
    '',
    'Kind regards',
  ].join('\n');
};
