import type { KnownKey, LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';
import type { Permission } from '../../options';
import type { Visit } from '../frame/page';
import { isFit, keyPath, underCase } from '../keys/keysOf';
import { WORDS } from '../words/words';

type Step = LeakStepStanding['step'];

/** One thing to do for a step: a page of its own, or a form that is sent at once. */
export interface StepAct {
  readonly name: string;
  readonly to: string;
  readonly permission: Permission;
  readonly isDirect?: boolean;
  readonly isDanger?: boolean;
  /** Opens over this page where there is a script. */
  readonly isDialog?: boolean;
}

/** What a step's act is made of. */
export interface ActOf {
  readonly visit: Visit;
  readonly of: LeakCaseKeyStanding;
  /** Keys of the workspace: one of them may take its place. */
  readonly keys: ReadonlyArray<KnownKey>;
}

type ActsOf = (parts: ActOf) => ReadonlyArray<StepAct>;

const { acts: WORDING } = WORDS.leakCase;

const revoke: ActsOf = ({ visit, of: { keyId } }) => [
  {
    name: WORDING.revoke,
    to: keyPath(visit, keyId, '/leak/revoke'),
    permission: 'RecordRevocation',
    isDialog: true,
  },
];

/** A new key, or one that is on file already and would do. */
const successor: ActsOf = ({ visit, of, keys }) => [
  {
    name: WORDING.addKey,
    to: underCase(visit, `/keys/new?${new URLSearchParams({ vendor: of.vendor }).toString()}`),
    permission: 'AddKey',
  },
  ...keys
    .filter((key) => key.keyId !== of.keyId && isFit(key) && key.leakCases.length === 0)
    .filter(
      (key) =>
        !key.isDefault ||
        keys.some(({ keyId, projectDefaults }) => keyId === of.keyId && projectDefaults.length > 0),
    )
    .map((key): StepAct => ({
      name: WORDING.setDefault(key.last4),
      to: keyPath(visit, key.keyId, '/default'),
      permission: 'SetDefault',
      isDialog: true,
    })),
];

const killCheck: ActsOf = ({ visit, of: { keyId, status } }) => {
  const isGone = status === 'hard-deleted';
  return [
    {
      name: isGone ? WORDING.checkPasted : WORDING.check,
      to: keyPath(visit, keyId, '/leak/check'),
      permission: 'RecordKillCheck',
      ...(isGone ? { isDialog: true } : { isDirect: true }),
    },
  ];
};

const ACTS: { readonly [S in Step]: ActsOf } = {
  find: () => [],
  report: ({ visit, of: { keyId } }) => [
    {
      name: WORDING.report,
      to: keyPath(visit, keyId, '/leak/report'),
      permission: 'ReportLeak',
      isDialog: true,
    },
  ],
  'stop-stranger': revoke,
  successor,
  revoke,
  'kill-check': killCheck,
  'hard-delete': ({ visit, of: { keyId } }) => [
    {
      name: WORDING.hardDelete,
      to: keyPath(visit, keyId, '/hard-delete'),
      permission: 'HardDeleteKey',
      isDanger: true,
      isDialog: true,
    },
  ],
  review: ({ visit, of: { keyId } }) => [
    { name: WORDING.exposure, to: keyPath(visit, keyId, '/leak/exposure'), permission: 'ReadAudit' },
  ],
  close: ({ visit }) => [
    {
      name: WORDING.close,
      to: underCase(visit, '/leaks/close'),
      permission: 'CloseLeakCase',
      isDialog: true,
    },
  ],
};

/** What is to be done for a step that is open; nothing for one that is done, or left open by a case that is closed. */
export const actsOfStep = (parts: ActOf, { step, done }: LeakStepStanding): ReadonlyArray<StepAct> =>
  done || parts.of.next === null ? [] : ACTS[step](parts);

/** What can be done beside the steps, whatever of them is open. */
export const actsBeside = ({ visit, of }: ActOf): ReadonlyArray<StepAct> => {
  const { keyId, suspended, status, next, steps } = of;
  const isGone = status === 'hard-deleted';
  const isOpen = next !== null;
  const isAsked = steps.some(({ step, done }) => step === 'kill-check' && (done || !isOpen));
  const page = (name: string, path: string, permission: Permission, isDialog = true): StepAct => ({
    name,
    to: keyPath(visit, keyId, path),
    permission,
    isDialog,
  });
  return [
    ...(steps.some(({ step, done }) => step === 'review' && (done || !isOpen))
      ? [page(WORDING.exposure, '/leak/exposure', 'ReadAudit', false)]
      : []),
    ...(isAsked ? killCheck({ visit, of, keys: [] }) : []),
    ...(isOpen && status !== 'retired' && !isGone
      ? [
          suspended
            ? page(WORDS.reinstate.act, '/reinstate', 'ReinstateKey')
            : page(WORDS.suspend.act, '/suspend', 'SuspendKey'),
        ]
      : []),
    ...(isOpen && !isGone ? [page(WORDING.withdraw, '/leak/withdraw', 'WithdrawLeakReport')] : []),
    ...(isGone ? [page(WORDING.certificate, '/leak/certificate', 'ReadAudit', false)] : []),
  ];
};
