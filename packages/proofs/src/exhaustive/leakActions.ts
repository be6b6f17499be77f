import type { CommandBody, KeyId, Keyring } from '@keyturn/domain';
import { storyCase } from '../keyring/pool';
import type { Bounds } from './bounds';
import { caseActions } from './caseActions';
import { reportOf, withdrawalOf } from './reports';

/** A key is reported; with `leaks` all else that a report may lead to, too, and with `cases` what is done then. */
export const leakActions = (
  keyring: Keyring,
  keyId: KeyId,
  { leaks, cases }: Bounds,
): ReadonlyArray<CommandBody> => {
  if (cases === true) return caseActions(keyring, keyId);
  const report = reportOf(keyId, 'unknown');
  if (leaks !== true) return [report];
  return [
    report,
    withdrawalOf(keyId),
    { type: 'SuspendKey', keyId, caseId: storyCase },
    { type: 'ReinstateKey', keyId, caseId: storyCase },
    { type: 'StartTestCall', keyId, purpose: 'validate' },
  ];
};
