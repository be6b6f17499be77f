import type { CommandBody, KeyId, Known } from '@keyturn/domain';
import { storyCase } from '../keyring/pool';

/** Somebody says that the key leaked. */
export const reportOf = (keyId: KeyId, stranger: Known): CommandBody => ({
  type: 'ReportLeak',
  keyId,
  caseId: storyCase,
  reportedBy: null,
  suspectedSince: null,
  source: null,
  usedElsewhere: 'unknown',
  stranger,
});

/** And takes it back. */
export const withdrawalOf = (keyId: KeyId): CommandBody => ({
  type: 'WithdrawLeakReport',
  keyId,
  caseId: storyCase,
  reason: 'the wrong key',
});
