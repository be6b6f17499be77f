import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { KeyringEvent } from '../events';
import type { KeyId } from '../ids';
import { keyFact, type KeyFact } from '../refusals/keyFact';
import { refuse, type Refusal } from '../refusals/refusal';
import type { Scope } from '../scope';
import { isOnFile, type KeyEntry } from '../state/keyEntry';
import { keysOnFile, type Keyring } from '../state/keyring';
import { projectsOn } from './defaults';
import type { Verdict } from './handler';
import { isLeaked } from './knownKey';

/** The scopes that the key is Default of: the workspace first, then projects by id. */
export const scopesOf = (keyring: Keyring, keyId: KeyId): ReadonlyArray<Scope> => [
  ...(keyring.workspaceDefault === keyId ? [{ kind: 'workspace' } as const] : []),
  ...projectsOn(keyring, keyId).map((projectId) => ({ kind: 'project', projectId }) as const),
];

export const moves = (
  scopes: ReadonlyArray<Scope>,
  from: KeyId,
  to: KeyId | null,
  cause: 'successor' | 'last-key-removed' | 'workspace-closed',
): ReadonlyArray<KeyringEvent> =>
  scopes.map((scope) => ({
    type: 'DefaultChanged',
    data: { scope, keyId: to, previousKeyId: from, cause },
  }));

/**
 * Those that did not leak; all of them where every one leaked: no key has to stay on file because nothing better is.
 */
const soundest = (keyring: Keyring, others: ReadonlyArray<KeyEntry>): ReadonlyArray<KeyEntry> => {
  const sound = others.filter((key) => !isLeaked(keyring, key));
  return sound.length > 0 ? sound : others;
};

/**
 * One of the others on file that did not leak, and active while any of those is, but for the leaving one: a leaked
 * Default beside a single pending key has to be deletable.
 */
const checkedSuccessor = (
  keyring: Keyring,
  leaving: KeyEntry,
  successor: KeyId,
  others: ReadonlyArray<KeyEntry>,
  candidates: ReadonlyArray<KeyFact>,
): E.Either<Refusal, KeyId> => {
  if (successor === leaving.keyId) {
    return E.left(refuse('successor-is-the-key', { key: keyFact(leaving), candidates }));
  }
  const entry = keyring.keys.get(successor);
  if (entry === undefined || !others.includes(entry)) {
    return E.left(
      refuse('successor-not-on-file', {
        successor: entry === undefined ? null : keyFact(entry),
        keyId: successor,
        candidates,
      }),
    );
  }
  const sound = soundest(keyring, others);
  if (!sound.includes(entry)) {
    return E.left(refuse('successor-reported-leaked', { successor: keyFact(entry), candidates }));
  }
  if (entry.status !== 'active' && sound.some((key) => key.status === 'active')) {
    return E.left(refuse('successor-not-active', { successor: keyFact(entry), candidates }));
  }
  return E.right(successor);
};

/**
 * What happens to the Defaults when a key leaves, to be emitted before it does: no scope falls back silently. With
 * others on file every scope it holds goes to the named successor; when it is the last one, every scope goes to none.
 * Keys that leave with it count as gone.
 *
 * Refuses `successor-needed`, `successor-is-the-key`, `successor-not-on-file`, `successor-reported-leaked`,
 * `successor-not-active`.
 */
export const succession = (
  keyring: Keyring,
  leaving: KeyEntry,
  successor: KeyId | null,
  leavingToo: ReadonlySet<KeyId> = new Set(),
): Verdict => {
  const others = keysOnFile(keyring).filter(({ keyId }) => keyId !== leaving.keyId && !leavingToo.has(keyId));
  const sound = soundest(keyring, others);
  const active = sound.filter((key) => key.status === 'active');
  const candidates = (active.length > 0 ? active : sound).map(keyFact);
  const scopes = scopesOf(keyring, leaving.keyId);
  if (successor !== null) {
    return pipe(
      checkedSuccessor(keyring, leaving, successor, others, candidates),
      E.map((to) => moves(scopes, leaving.keyId, to, 'successor')),
    );
  }
  if (others.length === 0) return E.right(moves(scopes, leaving.keyId, null, 'last-key-removed'));
  if (scopes.length === 0) return E.right([]);
  return E.left(refuse('successor-needed', { key: keyFact(leaving), scopes, candidates }));
};

/** Whether no other key is on file. */
export const isOnlyKey = (keyring: Keyring, key: KeyEntry): boolean =>
  isOnFile(key) && keysOnFile(keyring).length === 1;
