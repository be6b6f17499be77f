import type { CommandBody, KeyId } from '@keyturn/domain';
import { storyCase } from '../keyring/pool';
import type { Bounds } from './bounds';

/** A key is reported; with `leaks` all else that a report may lead to, too. */
export const leakActions = (keyId: KeyId, { leaks }: Bounds): ReadonlyArray<CommandBody> => {
  const report: CommandBody = {
    type: 'ReportLeak',
    keyId,
    caseId: storyCase,
    reportedBy: null,
    suspectedSince: null,
    source: null,
    usedElsewhere: 'unknown',
    stranger: 'unknown',
  };
  if (leaks !== true) return [report];
  return [
    report,
    { type: 'WithdrawLeakReport', keyId, caseId: storyCase, reason: 'the wrong key' },
    { type: 'SuspendKey', keyId, caseId: storyCase },
    { type: 'ReinstateKey', keyId, caseId: storyCase },
    { type: 'StartTestCall', keyId, purpose: 'validate' },
  ];
};
