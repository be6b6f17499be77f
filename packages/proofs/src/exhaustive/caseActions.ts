import type { CommandBody, KeyId, KeyLeak, Keyring } from '@keyturn/domain';
import { LEAVABLE_STEPS } from '../keyring/leakSteps';
import { storyCase } from '../keyring/pool';
import { FIVE_MINUTES, NOW } from './moment';
import { reportOf, withdrawalOf } from './reports';

type Check = Extract<CommandBody, { type: 'RecordKillCheck' }>;

/** A check right after the last one, five minutes later, and one that began before it. */
const checks = (keyId: KeyId): ReadonlyArray<Check> => {
  const check = (
    says: Check['says'],
    {
      via = 'call',
      control = 'none',
      at = NOW,
    }: Partial<Pick<Check, 'via' | 'control'> & { readonly at: number }> = {},
  ): Check => ({
    type: 'RecordKillCheck',
    keyId,
    caseId: storyCase,
    says,
    via,
    checkedAt: at,
    attempts: 1,
    control,
    evidence: { status: 401, code: null, requestId: null, latencyMs: 1 },
  });
  return [
    check('dead'),
    check('dead', { control: 'passed' }),
    check('dead', { control: 'passed', at: NOW + FIVE_MINUTES }),
    check('dead', { control: 'passed', at: NOW - FIVE_MINUTES }),
    check('dead', { control: 'failed' }),
    check('dead', { via: 'vendor-list' }),
    check('alive'),
    check('alive-unfunded'),
    check('cannot-tell'),
    check('not-checkable'),
  ];
};

/** Whether another key of the keyring is what the case is about. */
export const isBesideTheCase = ({ leaks }: Keyring, keyId: KeyId): boolean =>
  [...leaks.values()].some((leak) => leak.keyId !== keyId && !isNothing(leak));

const isNothing = ({ cases, checks }: KeyLeak): boolean => cases.length === 0 && checks.lastAt === null;

/**
 * What is said and done of a key in a case: of one key in each keyring, and the others are what may take its place.
 * What is decided of one looks at no other's report, checks, revocation and review. The search with `leaks` has several
 * that are reported, and keys that are suspended; generated stories have all of that together.
 */
export const caseActions = (keyring: Keyring, keyId: KeyId): ReadonlyArray<CommandBody> => {
  if (isBesideTheCase(keyring, keyId)) return [];
  return [
    reportOf(keyId, 'unknown'),
    reportOf(keyId, 'no'),
    withdrawalOf(keyId),
    ...checks(keyId),
    {
      type: 'RecordRevocation',
      keyId,
      caseId: storyCase,
      how: 'told',
      revokedBy: null,
      revokedAt: NOW,
      undo: 'unknown',
      undoUntil: null,
    },
    {
      type: 'RecordLeakReview',
      keyId,
      caseId: storyCase,
      from: null,
      until: NOW,
      uses: 0,
      explained: [],
      unexplained: [],
      note: null,
    },
  ];
};

/** With nothing left open, with everything, with all but one step, and with one step. */
export const closes = (): ReadonlyArray<CommandBody> =>
  [
    [],
    LEAVABLE_STEPS,
    ...LEAVABLE_STEPS.flatMap((step) => [[step], LEAVABLE_STEPS.filter((other) => other !== step)]),
  ].map((left) => ({
    type: 'CloseLeakCase',
    caseId: storyCase,
    leftOpen: left.map((step) => ({ step, reason: 'the customer has left' })),
  }));
