import type { CaseId, CommandBody, KeyId } from '@keyturn/domain';

interface LeakIntent {
  readonly type: Extract<
    CommandBody['type'],
    | 'WithdrawLeakReport'
    | 'SuspendKey'
    | 'ReinstateKey'
    | 'RecordKillCheck'
    | 'RecordRevocation'
    | 'RecordLeakReview'
    | 'CloseLeakCase'
  >;
  readonly keyId: KeyId;
  readonly caseId: CaseId;
  readonly variant: number;
  readonly time: number;
}

const EVIDENCE = { status: 401, code: null, requestId: null, latencyMs: 5 };

/** What is said and done of a leak, some of it refused as it comes. */
export const leakBodyOf = ({ type, keyId, caseId, variant, time }: LeakIntent): CommandBody => {
  switch (type) {
    case 'WithdrawLeakReport':
      return { type, keyId, caseId, reason: 'the wrong key' };
    case 'SuspendKey':
    case 'ReinstateKey':
      return { type, keyId, caseId };
    case 'RecordKillCheck':
      return {
        type,
        keyId,
        caseId,
        says: variant < 6 ? 'dead' : variant < 8 ? 'alive' : 'cannot-tell',
        via: variant < 2 ? 'vendor-list' : 'call',
        checkedAt: time,
        attempts: 1,
        control: 'passed',
        evidence: EVIDENCE,
      };
    case 'RecordRevocation':
      return {
        type,
        keyId,
        caseId,
        how: variant < 5 ? 'console' : 'told',
        revokedBy: null,
        revokedAt: time,
        undo: 'unknown',
        undoUntil: null,
      };
    case 'RecordLeakReview':
      return {
        type,
        keyId,
        caseId,
        from: null,
        until: time,
        uses: variant,
        explained: ['first-actor'],
        unexplained: [],
        note: null,
      };
    case 'CloseLeakCase':
      return {
        type,
        caseId,
        leftOpen: (
          ['stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review'] as const
        ).map((step) => ({ step, reason: 'a rehearsal' })),
      };
  }
};
