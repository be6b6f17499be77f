import type { CommandBody, KeyId } from '@keyturn/domain';
import type { AbstractCommand } from './abstractCommand';
import { caseIdOf } from './pool';

type AbstractLeak = Extract<
  AbstractCommand,
  {
    readonly do:
      'report-leak' | 'withdraw-report' | 'suspend' | 'reinstate' | 'kill-check' | 'revoke' | 'review';
  }
>;

/** What is said or done of this key's leak. */
export const resolveLeak = (abstract: AbstractLeak, keyId: KeyId, now: number): CommandBody => {
  const ofCase = { keyId, caseId: caseIdOf(abstract.case) };
  switch (abstract.do) {
    case 'report-leak':
      return {
        type: 'ReportLeak',
        ...ofCase,
        reportedBy: null,
        suspectedSince: null,
        source: 'a mail',
        usedElsewhere: 'unknown',
        stranger: abstract.stranger,
      };
    case 'withdraw-report':
      return { type: 'WithdrawLeakReport', ...ofCase, reason: 'the wrong key' };
    case 'suspend':
      return { type: 'SuspendKey', ...ofCase };
    case 'reinstate':
      return { type: 'ReinstateKey', ...ofCase };
    case 'kill-check':
      return {
        type: 'RecordKillCheck',
        ...ofCase,
        says: abstract.says,
        via: abstract.via,
        checkedAt: Math.max(0, now - abstract.lag * 1_000),
        attempts: 1,
        control: abstract.control,
        evidence: { status: 401, code: null, requestId: null, latencyMs: 80 },
      };
    case 'revoke':
      return {
        type: 'RecordRevocation',
        ...ofCase,
        how: abstract.how,
        revokedBy: null,
        revokedAt: now,
        undo: 'no',
        undoUntil: null,
      };
    case 'review':
      return {
        type: 'RecordLeakReview',
        ...ofCase,
        from: null,
        until: now,
        uses: 0,
        explained: [],
        unexplained: ['after-report'],
        note: null,
      };
  }
};
