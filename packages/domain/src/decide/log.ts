import * as E from 'fp-ts/Either';
import type { KeyringEvent } from '../events';
import type { KeyId } from '../ids';
import { nothingToDisown } from '../refusals/outerRefusals';
import type { Keyring } from '../state/keyring';
import { runsOn } from './deleteKey';
import type { Handler, Verdict } from './handler';
import { succession } from './succession';

/** A log that has gone over already needs nothing. */
export const renewLogKey: Handler<'RenewLogKey'> = ({ keyring }, { number }) =>
  E.right(keyring.logKey >= number ? [] : [{ type: 'LogKeyRenewed', data: { number } }]);

/** Repeats the hard delete of a key that the restored log has on file, and that is gone as others are. */
const repeated = (
  keyring: Keyring,
  keyId: KeyId,
  successor: KeyId | null,
  gone: ReadonlySet<KeyId>,
): Verdict => {
  const key = keyring.keys.get(keyId);
  if (key === undefined || key.status === 'hard-deleted') return E.right([]);
  const moved = succession(keyring, key, successor, gone);
  if (E.isLeft(moved)) return moved;
  const interruptedRuns = runsOn(keyring, keyId);
  return E.right([
    ...moved.right,
    {
      type: 'KeyHardDeleted',
      data: { keyId, cause: 'emergency', reason: 'other', caseId: null, interruptedRuns },
    },
  ]);
};

/**
 * Accepts that the log lost its end. Hard deletes that the vault remembers are repeated at once: a restore brings no
 * deleted key back.
 *
 * Refuses `successor-needed` and its like where such a key is a Default.
 */
export const acceptLog: Handler<'AcceptLog'> = (
  { keyring },
  { known, left, lostKeys, removals, successor },
) => {
  const events: KeyringEvent[] = [
    {
      type: 'LogRestored',
      data: {
        from: known,
        to: left,
        lostKeys,
        removals: removals.map(({ keyId, fingerprint, leaked }) => ({ keyId, fingerprint, leaked })),
      },
    },
  ];
  const gone = new Set(removals.flatMap(({ keyId, hardDeleted }) => (hardDeleted ? [keyId] : [])));
  for (const keyId of gone) {
    const verdict = repeated(keyring, keyId, successor, gone);
    if (E.isLeft(verdict)) return verdict;
    events.push(...verdict.right);
  }
  return E.right(events);
};

/** What was folded ends before the first of the events. Refuses `nothing-to-disown` for any other. */
export const disownEvents: Handler<'DisownEvents'> = ({ keyring, command }, { from, to, digest }) =>
  from === keyring.revision + 1 && to >= from
    ? E.right([{ type: 'EventsDisowned', data: { from, to, digest } }])
    : E.left(nothingToDisown(command.workspaceId));
