import type { EnvelopedEvent } from '../envelope';
import type { CaseId, KeyId, Vendor, WorkspaceId } from '../ids';
import type { KeyEntry } from '../state/keyEntry';
import type { Keyring } from '../state/keyring';
import { caseOf, type CaseOfKey, type KeyLeak } from './keyLeak';
import { leakMarks, type LeakMarks, type LeakStepMark } from './leakMarks';
import { LEAK_STEPS, leakOutcome, openSteps } from './leakSteps';
import type { LeakOutcome, LeakStep } from './leakWords';

/** One step of a case for one key. */
export interface LeakStepState {
  readonly step: LeakStep;
  readonly done: boolean;
  /** Null while it is open, and where no event that was given shows it. */
  readonly mark: LeakStepMark | null;
}

/** One key of a case. */
export interface LeakCaseKey {
  readonly workspaceId: WorkspaceId;
  readonly keyId: KeyId;
  readonly vendor: Vendor;
  readonly last4: string;
  readonly label: string | null;
  readonly status: KeyEntry['status'];
  readonly suspended: boolean;
  /** All nine, in their order. */
  readonly steps: ReadonlyArray<LeakStepState>;
  /** The first that is open; null where nothing is, and once the case is closed, whatever it left open. */
  readonly next: LeakStep | null;
  /** What it came to so far. */
  readonly outcome: LeakOutcome;
  /** Nothing was checked, since nobody has its bytes any more. */
  readonly notCheckable: boolean;
  /** From the report on, in whole minutes; null until then. Negative where it was done before the report. */
  readonly minutesToRevoked: number | null;
  readonly minutesToDead: number | null;
}

/** What a case says of the keys of one keyring, or of several. */
export interface LeakCase {
  readonly caseId: CaseId;
  readonly keys: ReadonlyArray<LeakCaseKey>;
  /** Nothing is left to be done of any key. */
  readonly closed: boolean;
}

const MINUTE = 60_000;

const minutesBetween = (from: LeakStepMark | null, to: LeakStepMark | null): number | null =>
  from === null || to === null ? null : Math.trunc((to.at - from.at) / MINUTE);

const keyOf = (
  keyring: Keyring,
  workspaceId: WorkspaceId,
  { key, leak, ofCase }: { readonly key: KeyEntry; readonly leak: KeyLeak; readonly ofCase: CaseOfKey },
  marks: LeakMarks,
): LeakCaseKey => {
  const open = openSteps(keyring, key, ofCase.caseId);
  return {
    workspaceId,
    keyId: key.keyId,
    vendor: key.vendor,
    last4: key.last4,
    label: key.label,
    status: key.status,
    suspended: key.suspended,
    steps: LEAK_STEPS.map((step) => {
      const done = !open.includes(step);
      return { step, done, mark: done ? marks[step] : null };
    }),
    next: ofCase.closed ? null : (open[0] ?? null),
    outcome: leakOutcome(leak, ofCase),
    notCheckable: leak.checks.last === 'not-checkable',
    minutesToRevoked: minutesBetween(marks.report, marks.revoke),
    minutesToDead: minutesBetween(marks.report, marks['kill-check']),
  };
};

/**
 * What a case says of the keys of one keyring: which step is done, when and by whom, and what comes next. A pure
 * reading: steps that were done before the report, or elsewhere, are recognised by what the log has of them.
 *
 * @param keyring - folded from the whole history
 * @param events - of the same history: all of it, or those that `concernsLeaks` takes
 * @returns an empty `keys` where no key was reported under the case
 * @example
 * const { keys } = leakCase(keyring, history.filter(concernsLeaks), caseId('SEC/1042'));
 */
export const leakCase = (
  keyring: Keyring,
  events: ReadonlyArray<EnvelopedEvent>,
  caseId: CaseId,
): LeakCase => {
  const { workspaceId } = keyring;
  const keys = [...keyring.leaks.values()].flatMap((leak) => {
    const key = keyring.keys.get(leak.keyId);
    const ofCase = caseOf(leak, caseId);
    if (key === undefined || ofCase === undefined || workspaceId === null) return [];
    return [keyOf(keyring, workspaceId, { key, leak, ofCase }, leakMarks(keyring, events, key, caseId))];
  });
  return { caseId, keys, closed: keys.length > 0 && keys.every(({ next }) => next === null) };
};
