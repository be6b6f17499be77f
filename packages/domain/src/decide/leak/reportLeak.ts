import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { DataOf } from '../../events';
import type { CaseId } from '../../ids';
import { caseOf, type KeyLeak } from '../../leak/keyLeak';
import { saidDigest } from '../../leak/saidDigest';
import { keyFact } from '../../refusals/keyFact';
import { refuse } from '../../refusals/refusal';
import type { KeyEntry } from '../../state/keyEntry';
import type { Keyring } from '../../state/keyring';
import type { Handler, Verdict } from '../handler';
import { knownKey } from '../knownKey';

/** Cases that one key is reported under at most: a keyring remembers each. */
const MOST_CASES = 10;

const reported = (key: KeyEntry, leak: KeyLeak | undefined, report: DataOf<'KeyReportedLeaked'>): Verdict =>
  leak !== undefined && leak.cases.length >= MOST_CASES && caseOf(leak, report.caseId) === undefined
    ? E.left(refuse('too-many-leak-cases', { key: keyFact(key), limit: MOST_CASES }))
    : E.right([{ type: 'KeyReportedLeaked', data: report }]);

/**
 * Marks the key's secret as leaked, long after it was deleted if need be: it does not come back on file. The same
 * report again says nothing new.
 */
export const reportLeak: Handler<'ReportLeak'> = ({ keyring }, body) => {
  const { keyId, caseId, reportedBy, suspectedSince, source, usedElsewhere, stranger } = body;
  const report = { keyId, caseId, reportedBy, suspectedSince, source, usedElsewhere, stranger };
  return pipe(
    knownKey(keyring, keyId),
    E.chain((key) => {
      const leak = keyring.leaks.get(key.keyId);
      const before = leak === undefined ? undefined : caseOf(leak, report.caseId);
      return before?.report?.said === saidDigest(report) ? E.right([]) : reported(key, leak, report);
    }),
  );
};

/** A key that is gone already is reported by a hard delete because of a leak, unless the case has it already. */
export const leakOfDeletedKey = (keyring: Keyring, key: KeyEntry, caseId: CaseId): Verdict => {
  const leak = keyring.leaks.get(key.keyId);
  if (leak !== undefined && (caseOf(leak, caseId)?.report ?? null) !== null) return E.right([]);
  return reported(key, leak, {
    keyId: key.keyId,
    caseId,
    reportedBy: null,
    suspectedSince: null,
    source: null,
    usedElsewhere: 'unknown',
    stranger: 'unknown',
  });
};

/** Wrong key, or wrong case. What was destroyed because of it does not come back, so then it stays said. */
export const withdrawLeakReport: Handler<'WithdrawLeakReport'> = ({ keyring }, { keyId, caseId, reason }) =>
  pipe(
    knownKey(keyring, keyId),
    E.chain((key): Verdict => {
      const leak = keyring.leaks.get(keyId);
      const before = leak === undefined ? undefined : caseOf(leak, caseId);
      const isRemembered = leak !== undefined && leak.remembered.length > 0;
      if (before === undefined && !isRemembered) {
        return E.left(refuse('leak-not-reported', { key: keyFact(key), caseId }));
      }
      if (before?.report === null && !isRemembered) return E.right([]);
      if (key.status === 'hard-deleted') return E.left(refuse('leak-report-final', { key: keyFact(key) }));
      return E.right([{ type: 'KeyLeakReportWithdrawn', data: { keyId, caseId, reason } }]);
    }),
  );
