import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { checkTime, neverChecked, type KillChecks } from '../../leak/killChecks';
import { saidDigest } from '../../leak/saidDigest';
import { THE_VENDOR, type KeyEntry } from '../../state/keyEntry';
import type { Keyring } from '../../state/keyring';
import type { BodyOf, Handler } from '../handler';
import { knownKey } from '../knownKey';
import { reportedKey } from './reportedKey';

type Check = BodyOf['RecordKillCheck'];

/** Whether another key of the same vendor is Default and works: then it has to pass where this one does not. */
const needsControl = (keyring: Keyring, key: KeyEntry): boolean => {
  const successor =
    keyring.workspaceDefault === null ? undefined : keyring.keys.get(keyring.workspaceDefault);
  return (
    successor !== undefined &&
    successor.keyId !== key.keyId &&
    successor.vendor === key.vendor &&
    successor.endpoint === key.endpoint &&
    successor.status === 'active' &&
    !successor.suspended
  );
};

/**
 * Whether an answer may show the key dead: the vendor refuses it where it once accepted it, and takes another key at
 * the same time. Its own list needs no more than that it says so; what an operator had called in its place is no more
 * than what that accepted.
 */
const counts = (keyring: Keyring, key: KeyEntry, { says, via, control, evidence }: Check): boolean => {
  if (says !== 'dead') return false;
  if (via === 'vendor-list') {
    return evidence?.endpointOverride === undefined || key.acceptedFrom === evidence.endpointOverride;
  }
  const acceptedThere = evidence !== null && key.acceptedFrom === (evidence.endpointOverride ?? THE_VENDOR);
  return acceptedThere && control !== 'failed' && (control === 'passed' || !needsControl(keyring, key));
};

const isNews = ({ lastAt, last }: KillChecks, { says, checkedAt }: Check, time: number): boolean =>
  says === 'not-checkable' ? last !== says : lastAt === null || checkTime(checkedAt, time) > lastAt;

/** What one check said, of a key in any state. A check that began no later than the last recorded one is dropped. */
export const recordKillCheck: Handler<'RecordKillCheck'> = ({ keyring, command }, body) =>
  pipe(
    knownKey(keyring, body.keyId),
    E.map((key) => {
      const { checks } = keyring.leaks.get(key.keyId) ?? { checks: neverChecked };
      if (!isNews(checks, body, command.time)) return [];
      const { keyId, caseId, says, via, checkedAt, attempts, control, evidence } = body;
      const check = { keyId, caseId, says, via, checkedAt, attempts, control, evidence };
      return [{ type: 'KeyKillChecked', data: { ...check, counts: counts(keyring, key, body) } }];
    }),
  );

/** That the key was revoked at the vendor, as somebody says or as its API answered. */
export const recordRevocation: Handler<'RecordRevocation'> = ({ keyring }, body) => {
  const { keyId, caseId, how, revokedBy, revokedAt, undo, undoUntil } = body;
  const said = { keyId, caseId, how, revokedBy, revokedAt, undo, undoUntil };
  return pipe(
    reportedKey(keyring, said),
    E.map(({ leak }) =>
      leak.revoked === saidDigest(said) ? [] : [{ type: 'KeyRevocationRecorded', data: said }],
    ),
  );
};

/** Who looked at what was done with the key, and what they make of it. */
export const recordLeakReview: Handler<'RecordLeakReview'> = ({ keyring }, body) => {
  const { keyId, caseId, from, until, uses, explained, unexplained, note } = body;
  return pipe(
    reportedKey(keyring, body),
    E.map(() => [
      { type: 'LeakReviewed', data: { keyId, caseId, from, until, uses, explained, unexplained, note } },
    ]),
  );
};
