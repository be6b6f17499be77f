import type { DataOf } from '../events';
import type { CaseId, KeyId } from '../ids';
import type { Instant } from '../instant';
import {
  caseOf,
  isNothingKnown,
  isReported,
  noLeak,
  withCase,
  type CaseOfKey,
  type KeyLeak,
} from '../leak/keyLeak';
import { saysAlive, withCheck } from '../leak/killChecks';
import { saidDigest } from '../leak/saidDigest';
import { isListed, type KeyEntry } from '../state/keyEntry';
import type { Draft } from './draft';
import type { Fold } from './fold';

interface OfCase {
  readonly keyId: KeyId;
  readonly caseId: CaseId;
}

/** Null for a key that was never added. What was remembered of an id before its key came names another secret. */
const leakOf = (draft: Draft, keyId: KeyId): KeyLeak | null => {
  const key = draft.keys.get(keyId);
  const leak = draft.leaks.get(keyId);
  if (key === undefined) return leak ?? null;
  return leak === undefined ? noLeak(keyId, key.fingerprint) : { ...leak, fingerprint: key.fingerprint };
};

/** Changes what is known of a key that was once added, and nothing of any other. */
const change = (draft: Draft, keyId: KeyId, changed: (leak: KeyLeak) => KeyLeak): void => {
  const leak = leakOf(draft, keyId);
  if (leak !== null) draft.setLeak(changed(leak));
};

const newCase = (caseId: CaseId): CaseOfKey => ({ caseId, report: null, reviewed: false, closed: false });

const changeCase = (
  draft: Draft,
  { keyId, caseId }: OfCase,
  changed: (before: CaseOfKey) => CaseOfKey,
): void => {
  change(draft, keyId, (leak) => withCase(leak, changed(caseOf(leak, caseId) ?? newCase(caseId))));
};

const openedAgain = (one: CaseOfKey): CaseOfKey =>
  one.closed ? { ...one, closed: false, reviewed: false } : one;

/** A case that was closed is open again: there is news. */
export const keyReportedLeaked: Fold<'KeyReportedLeaked'> = (draft, data, time) => {
  const said = saidDigest(data);
  const { stranger } = data;
  changeCase(draft, data, (before) => ({
    ...before,
    report: { at: before.report?.at ?? time, stranger, said },
    closed: false,
  }));
};

/** A key that nobody says leaked has no reason to be suspended. */
export const keyLeakReportWithdrawn: Fold<'KeyLeakReportWithdrawn'> = (draft, data) => {
  changeCase(draft, data, (before) => ({ ...before, report: null }));
  change(draft, data.keyId, (leak) => ({ ...leak, remembered: [] }));
  const leak = draft.leaks.get(data.keyId);
  const key = draft.editKey(data.keyId);
  if (key !== undefined && leak !== undefined && !isReported(leak)) key.suspended = false;
};

export const keySuspended: Fold<'KeySuspended'> = (draft, data) => {
  const key = draft.editKey(data.keyId);
  if (key !== undefined && isListed(key)) key.suspended = true;
};

export const keyReinstated: Fold<'KeyReinstated'> = (draft, data) => {
  const key = draft.editKey(data.keyId);
  if (key !== undefined) key.suspended = false;
};

/**
 * A key that lives opens every case about it again: it was not revoked, whatever was said before, and what was done
 * with it since the case was closed has yet to be reviewed.
 */
export const keyKillChecked: Fold<'KeyKillChecked'> = (draft, data, time) => {
  const lives = saysAlive(data.says);
  change(draft, data.keyId, (leak) => ({
    ...leak,
    checks: withCheck(leak.checks, data, time),
    revoked: lives ? null : leak.revoked,
    cases: lives ? leak.cases.map(openedAgain) : leak.cases,
  }));
};

export const keyRevocationRecorded: Fold<'KeyRevocationRecorded'> = (draft, data) => {
  change(draft, data.keyId, (leak) => ({ ...leak, revoked: saidDigest(data) }));
};

export const leakReviewed: Fold<'LeakReviewed'> = (draft, data) => {
  changeCase(draft, data, (before) => ({ ...before, reviewed: true }));
};

export const leakCaseClosed: Fold<'LeakCaseClosed'> = (draft, data) => {
  changeCase(draft, data, (before) => ({ ...before, closed: true }));
};

/** A hard delete because of a leak is a report as well: it opens a case again that was closed as withdrawn. */
export const hardDeletedUnder = (
  draft: Draft,
  { keyId }: KeyEntry,
  { caseId, reason }: Pick<DataOf<'KeyHardDeleted'>, 'caseId' | 'reason'>,
  time: Instant,
): void => {
  if (caseId !== null)
    change(draft, keyId, (leak) => ({ ...leak, deletedUnder: leak.deletedUnder ?? caseId }));
  if (reason !== 'leak') return;
  if (caseId === null) {
    change(draft, keyId, (leak) => ({ ...leak, remembered: [leak.fingerprint] }));
    return;
  }
  changeCase(draft, { keyId, caseId }, (before) => ({
    ...before,
    report: before.report ?? { at: time, stranger: 'unknown', said: '' },
    closed: before.closed && before.report !== null,
  }));
};

/** A keyring has thousands of keys that are long gone: of those that never leaked nothing stays here. */
export const destroyedUnder = (draft: Draft, keyId: KeyId): void => {
  const leak = draft.leaks.get(keyId);
  if (leak === undefined) return;
  if (isNothingKnown(leak)) draft.dropLeak(keyId);
  else draft.setLeak({ ...leak, deletedUnder: null });
};
