import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { verdictTime } from '../evolve/keyEvents';
import type { KeyringEvent } from '../events';
import type { KeyId } from '../ids';
import type { Instant } from '../instant';
import { isOnFile, type KeyEntry } from '../state/keyEntry';
import type { ValidationOutcome } from '../validation';
import type { Handler } from './handler';
import { keyOnFile, knownKey, notOnFile, suspendedKey } from './knownKey';

/**
 * A call opens a secret without a run, so it is in the log before it happens. A key being deleted is only asked about
 * to learn whether it still works (`kill-check`), and so is a suspended one.
 */
export const startTestCall: Handler<'StartTestCall'> = ({ keyring }, { keyId, purpose }) =>
  pipe(
    knownKey(keyring, keyId),
    E.filterOrElse(
      (key) => isOnFile(key) || (purpose === 'kill-check' && key.status === 'retired'),
      notOnFile,
    ),
    E.filterOrElse(
      (key) => !key.suspended || purpose === 'kill-check',
      (key) => suspendedKey(keyring, key),
    ),
    E.map(() => [{ type: 'KeyTestCallStarted', data: { keyId, purpose } }]),
  );

const isStale = (key: KeyEntry, callStartedAt: Instant, time: Instant): boolean =>
  key.lastVerdictCallAt !== null && verdictTime(callStartedAt, time) <= key.lastVerdictCallAt;

/** One 401 does not disable an active key: vendors err, and a second one confirms. Every other "no" is explicit. */
const disables = (key: KeyEntry, outcome: Extract<ValidationOutcome, { kind: 'failed' }>): boolean =>
  outcome.reason !== 'rejected' || key.status !== 'active' || key.rejectionUnconfirmed;

const recorded = (key: KeyEntry, keyId: KeyId, outcome: ValidationOutcome): KeyringEvent => {
  const { callStartedAt, evidence } = outcome;
  switch (outcome.kind) {
    case 'accepted':
      return { type: 'KeyValidated', data: { keyId, condition: outcome.condition, callStartedAt, evidence } };
    case 'failed':
      return {
        type: 'KeyValidationFailed',
        data: { keyId, reason: outcome.reason, disables: disables(key, outcome), callStartedAt, evidence },
      };
    case 'inconclusive':
      return {
        type: 'KeyValidationInconclusive',
        data: { keyId, reason: outcome.reason, callStartedAt, evidence },
      };
  }
};

/** What a test call came to. A verdict of a call that began no later than the last recorded one's is dropped. */
export const recordValidation: Handler<'RecordValidation'> = ({ keyring, command }, { keyId, outcome }) =>
  pipe(
    keyOnFile(keyring, keyId),
    E.map((key) =>
      isStale(key, outcome.callStartedAt, command.time) ? [] : [recorded(key, keyId, outcome)],
    ),
  );
