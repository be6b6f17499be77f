import type { StoreFaultCode } from '@keyturn/event-store';
import type { VaultFaultCode } from '@keyturn/vault';
import type { Fault, ServiceFaultCode } from './failure';

type Retryable<Code extends string> = { readonly [C in Code]: boolean };

const ofStore: Retryable<StoreFaultCode> = {
  unavailable: true,
  'outcome-unknown': true,
  'too-large': false,
  'not-writable': false,
  corrupt: false,
  'stream-deleted': false,
  'invalid-argument': false,
  'access-denied': false,
  closed: false,
};

const ofVault: Retryable<VaultFaultCode> = {
  'not-initialised': false,
  'already-initialised': false,
  'master-key-missing': false,
  'master-key-wrong': false,
  'master-key-exposed': false,
  tampered: false,
  'missing-secret': false,
  // The hard delete ends, one way or the other: the next answer is a definite one.
  frozen: true,
  'duplicate-key': false,
  'release-too-late': true,
  'shred-incomplete': true,
  'rotation-incomplete': true,
  'other-event-store': false,
  unavailable: true,
  'not-writable': false,
};

const ofService: Retryable<ServiceFaultCode> = {
  'undecodable-history': false,
  contention: true,
  'unencodable-event': false,
  // Mostly what the hook asks is away.
  'authorisation-failed': true,
  'other-vault': false,
  'event-store-behind': false,
  // Its caller wanted it so: nothing is to send it again unasked.
  cancelled: false,
  defect: false,
};

/**
 * Whether the same call may succeed later although nobody repairs anything. Send it again under the same command id:
 * what was handled already is then not handled twice.
 *
 * @example
 * if (!isRefusal(failure) && isRetryable(failure)) sendAgain({ ...context, commandId });
 */
export const isRetryable = (fault: Fault): boolean => {
  switch (fault._tag) {
    case 'StoreFault':
      return ofStore[fault.code];
    case 'VaultFault':
      return ofVault[fault.code];
    case 'ServiceFault':
      return ofService[fault.code];
  }
};
