import type { CaseId } from '../ids';
import { isGoneForGood, type KeyEntry } from '../state/keyEntry';
import type { Keyring } from '../state/keyring';
import { caseOf, noLeak, type CaseOfKey, type KeyLeak } from './keyLeak';
import type { LeakOutcome, LeakStep } from './leakWords';

/** How long before the report a successor's test call may have been: customers rotate first, and write then. */
const FRESH_MS = 24 * 3_600_000;

type Done = { readonly [S in LeakStep]: boolean };

/** The new key is on file, works by a test call of these days, and is Default wherever the old one was. */
const hasSuccessor = (keyring: Keyring, key: KeyEntry, { report }: CaseOfKey): boolean => {
  if (keyring.closed !== null) return true;
  const { workspaceDefault, projectDefaults, leakedFingerprints } = keyring;
  const successor = workspaceDefault === null ? undefined : keyring.keys.get(workspaceDefault);
  if (successor === undefined || successor.keyId === key.keyId) return false;
  if (successor.status !== 'active' || successor.suspended || leakedFingerprints.has(successor.fingerprint)) {
    return false;
  }
  // The last answer was a no that nothing has confirmed yet: it is active, and nobody knows that it works.
  if (successor.rejectionUnconfirmed) return false;
  if ([...projectDefaults.values()].includes(key.keyId)) return false;
  const { lastVerdictCallAt } = successor;
  return report !== null && lastVerdictCallAt !== null && lastVerdictCallAt >= report.at - FRESH_MS;
};

const stepsDone = (keyring: Keyring, key: KeyEntry, leak: KeyLeak, ofCase: CaseOfKey): Done => {
  const contained = leak.checks.dead;
  const revoked = contained || leak.revoked !== null;
  return {
    find: true,
    report: ofCase.report !== null,
    'stop-stranger': revoked || ofCase.report?.stranger === 'no',
    successor: hasSuccessor(keyring, key, ofCase),
    revoke: revoked,
    'kill-check': contained,
    'hard-delete': isGoneForGood(key),
    review: ofCase.reviewed,
    close: ofCase.closed,
  };
};

/** Where a stranger may use the key, what stops them comes before everything else. */
export const LEAK_STEPS: ReadonlyArray<LeakStep> = [
  'find',
  'report',
  'stop-stranger',
  'successor',
  'revoke',
  'kill-check',
  'hard-delete',
  'review',
  'close',
];

/**
 * The steps of a case that are not done of one key, in their order; the first one is next. A case whose report was
 * withdrawn has nothing left but its close. A key that the case says nothing of has yet to be reported.
 *
 * @example
 * for (const entry of keyring.keys.values()) {
 *   const [next] = openSteps(keyring, entry, caseId('SEC/1042'));
 *   if (next !== undefined) show(entry.last4, next);
 * }
 */
export const openSteps = (keyring: Keyring, key: KeyEntry, caseId: CaseId): ReadonlyArray<LeakStep> => {
  const leak = keyring.leaks.get(key.keyId) ?? noLeak(key.keyId, key.fingerprint);
  const ofCase = caseOf(leak, caseId) ?? { caseId, report: null, reviewed: false, closed: false };
  if (caseOf(leak, caseId) !== undefined && ofCase.report === null) return ofCase.closed ? [] : ['close'];
  const done = stepsDone(keyring, key, leak, ofCase);
  return LEAK_STEPS.filter((step) => !done[step]);
};

/**
 * What the case has come to of a key, by what the vendor showed. A person's word is no more than that, and a vendor's
 * answer that the key lives takes it away.
 */
export const leakOutcome = ({ checks, revoked }: KeyLeak, { report }: CaseOfKey): LeakOutcome => {
  if (report === null) return 'withdrawn';
  if (checks.dead) return 'contained';
  return revoked === null ? 'not-contained' : 'revoked-unconfirmed';
};
