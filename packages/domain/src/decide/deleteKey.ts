import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { KeyringEvent } from '../events';
import type { KeyId, RunId } from '../ids';
import { keyFact } from '../refusals/keyFact';
import { refuse, type Refusal } from '../refusals/refusal';
import type { KeyEntry } from '../state/keyEntry';
import type { Keyring } from '../state/keyring';
import type { Handler, Verdict } from './handler';
import { keyOnFile, knownKey } from './knownKey';
import { leakOfDeletedKey } from './leak/reportLeak';
import { isOnlyKey, succession } from './succession';

const departure = (key: KeyEntry): KeyringEvent =>
  key.openRuns > 0
    ? { type: 'KeyRetired', data: { keyId: key.keyId, openRuns: key.openRuns } }
    : {
        type: 'KeyHardDeleted',
        data: { keyId: key.keyId, cause: 'deleted', reason: null, caseId: null, interruptedRuns: [] },
      };

/** The routine path: gone at once when no run holds the key, else with the last run that does. */
export const deleteKey: Handler<'DeleteKey'> = ({ keyring }, { keyId, successor, leaveEmpty }) =>
  pipe(
    keyOnFile(keyring, keyId),
    E.chain((key): Verdict => {
      if (successor === null && !leaveEmpty && isOnlyKey(keyring, key)) {
        return E.left(refuse('last-key', { key: keyFact(key) }));
      }
      return pipe(
        succession(keyring, key, successor),
        E.map((moved) => [...moved, departure(key)]),
      );
    }),
  );

/** Open runs on a key, by id. */
export const runsOn = (keyring: Keyring, keyId: KeyId): ReadonlyArray<RunId> => {
  const runs: RunId[] = [];
  for (const pin of keyring.openPins.values()) if (pin.keyId === keyId) runs.push(pin.runId);
  return runs.sort();
};

/**
 * The emergency path: gone at once, whoever holds it; a key that is being deleted can be hurried, too. Of one that is
 * gone already its leak is recorded: customers are told to rotate first, and report then.
 */
export const hardDeleteKey: Handler<'HardDeleteKey'> = ({ keyring }, { keyId, successor, caseId, reason }) =>
  pipe(
    knownKey(keyring, keyId),
    E.chain((key): Verdict => {
      if (key.status === 'hard-deleted') {
        return reason === 'leak' ? leakOfDeletedKey(keyring, key, caseId) : E.right([]);
      }
      const hardDeleted: KeyringEvent = {
        type: 'KeyHardDeleted',
        data: { keyId, cause: 'emergency', reason, caseId, interruptedRuns: runsOn(keyring, keyId) },
      };
      return pipe(
        succession(keyring, key, successor),
        E.map((moved) => [...moved, hardDeleted]),
      );
    }),
  );

/** The vault has proven the secret gone. */
export const confirmDestruction: Handler<'ConfirmDestruction'> = ({ keyring }, body) =>
  pipe(
    knownKey(keyring, body.keyId),
    E.filterOrElse(
      (key) => key.status === 'hard-deleted',
      (key): Refusal => refuse('key-not-hard-deleted', { key: keyFact(key) }),
    ),
    E.map((key) => {
      if (key.destroyed) return [];
      const { keyId, receipt } = body;
      return [{ type: 'KeySecretDestroyed', data: { keyId, receipt } }];
    }),
  );
