import type { KeyringEventType } from '@keyturn/domain';
import type { AuditWords } from './auditWordsOfType';

type LeakEventType = Extract<
  KeyringEventType,
  | 'KeyReportedLeaked'
  | 'KeyLeakReportWithdrawn'
  | 'KeySuspended'
  | 'KeyReinstated'
  | 'KeyKillChecked'
  | 'KeyRevocationRecorded'
  | 'LeakReviewed'
  | 'LeakCaseClosed'
>;

const none = (): null => null;

/** What is kept of the events of a leak review for their sentences. */
export const leakWords: { readonly [T in LeakEventType]: AuditWords<T> } = {
  KeyReportedLeaked: {
    cause: none,
    project: none,
    facts: ({ reportedBy, suspectedSince, source, usedElsewhere, stranger }) => ({
      ...(reportedBy === null ? {} : { reportedBy }),
      ...(suspectedSince === null ? {} : { suspectedSince }),
      ...(source === null ? {} : { source }),
      ...(usedElsewhere === 'unknown' ? {} : { usedElsewhere }),
      ...(stranger === 'unknown' ? {} : { stranger }),
    }),
  },
  KeyLeakReportWithdrawn: { cause: none, project: none, facts: ({ reason }) => ({ reason }) },
  KeySuspended: { cause: none, project: none, facts: ({ openRuns }) => ({ openRuns }) },
  KeyReinstated: { cause: none, project: none, facts: () => ({}) },
  KeyKillChecked: {
    cause: ({ says }) => says,
    project: none,
    facts: ({ says, via, counts }) => ({ says, via, counts }),
  },
  KeyRevocationRecorded: {
    cause: ({ how }) => how,
    project: none,
    facts: ({ how, revokedBy, revokedAt }) => ({ how, revokedBy, revokedAt }),
  },
  LeakReviewed: {
    cause: none,
    project: none,
    facts: ({ from, until, uses, explained, unexplained }) => ({
      from,
      until,
      uses,
      explained: explained.length,
      unexplained: unexplained.length,
    }),
  },
  LeakCaseClosed: {
    cause: ({ outcome }) => outcome,
    project: none,
    facts: ({ outcome, leftOpen }) => ({ outcome, leftOpen }),
  },
};
