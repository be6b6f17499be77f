import type { CaseId, KeyId, KeyringEvent } from '@keyturn/domain';

type LeakEventType = Extract<
  KeyringEvent['type'],
  | 'KeyReportedLeaked'
  | 'KeyLeakReportWithdrawn'
  | 'KeySuspended'
  | 'KeyReinstated'
  | 'KeyKillChecked'
  | 'KeyRevocationRecorded'
  | 'LeakReviewed'
  | 'LeakCaseClosed'
>;

interface Parts {
  readonly keyId: KeyId;
  readonly caseId: CaseId;
  readonly at: number;
  readonly n: number;
  readonly flag: boolean;
}

/** What is said and done of leaks, in no sensible order. */
export const nonsenseOfLeaks = (type: LeakEventType, { keyId, caseId, at, n, flag }: Parts): KeyringEvent => {
  const ofCase = { keyId, caseId };
  switch (type) {
    case 'KeyReportedLeaked':
      return {
        type,
        data: {
          ...ofCase,
          reportedBy: null,
          suspectedSince: flag ? at : null,
          source: null,
          usedElsewhere: 'unknown',
          stranger: flag ? 'no' : 'unknown',
        },
      };
    case 'KeyLeakReportWithdrawn':
      return { type, data: { ...ofCase, reason: 'the wrong key' } };
    case 'KeySuspended':
      return { type, data: { ...ofCase, openRuns: n } };
    case 'KeyReinstated':
      return { type, data: ofCase };
    case 'KeyKillChecked':
      return {
        type,
        data: {
          ...ofCase,
          says: n === 3 ? 'alive' : 'dead',
          via: flag ? 'call' : 'vendor-list',
          checkedAt: at,
          attempts: n,
          control: 'none',
          evidence: null,
          counts: n !== 3,
        },
      };
    case 'KeyRevocationRecorded':
      return {
        type,
        data: { ...ofCase, how: 'told', revokedBy: null, revokedAt: at, undo: 'unknown', undoUntil: null },
      };
    case 'LeakReviewed':
      return {
        type,
        data: { ...ofCase, from: null, until: at, uses: n, explained: [], unexplained: [], note: null },
      };
    case 'LeakCaseClosed':
      return { type, data: { ...ofCase, outcome: 'not-contained', leftOpen: [] } };
  }
};
