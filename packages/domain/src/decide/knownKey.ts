import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { KeyId } from '../ids';
import { keyFact, type KeyFact } from '../refusals/keyFact';
import { unknownKey } from '../refusals/outerRefusals';
import { refuse, type Refusal } from '../refusals/refusal';
import type { Scope } from '../scope';
import { isListed, isOnFile, type KeyEntry } from '../state/keyEntry';
import { keysOnFile, type Keyring } from '../state/keyring';

/** The key, in whatever state, or `unknown-key`. */
export const knownKey = (keyring: Keyring, keyId: KeyId): E.Either<Refusal, KeyEntry> =>
  E.fromNullable<Refusal>(unknownKey(keyId))(keyring.keys.get(keyId));

export const notOnFile = (key: KeyEntry): Refusal =>
  refuse('key-not-on-file', { key: keyFact(key), openRuns: key.openRuns });

/** The key if it is on file, else `unknown-key` or `key-not-on-file`. */
export const keyOnFile = (keyring: Keyring, keyId: KeyId): E.Either<Refusal, KeyEntry> =>
  pipe(knownKey(keyring, keyId), E.filterOrElse(isOnFile, notOnFile));

/** The key if it is on file or retired, else `unknown-key` or `key-not-on-file`. */
export const listedKey = (keyring: Keyring, keyId: KeyId): E.Either<Refusal, KeyEntry> =>
  pipe(knownKey(keyring, keyId), E.filterOrElse(isListed, notOnFile));

/** Its secret was reported as leaked: it does not become Default, nor anybody's successor. */
export const isLeaked = ({ leakedFingerprints }: Keyring, { fingerprint }: KeyEntry): boolean =>
  leakedFingerprints.has(fingerprint);

/** Keys that a run may get, oldest first: active, and not suspended. */
export const activeKeys = (keyring: Keyring): ReadonlyArray<KeyEntry> =>
  keysOnFile(keyring).filter((key) => key.status === 'active' && !key.suspended);

/** What a person is told to choose from: keys that a run may get, and that did not leak. */
export const activeFacts = (keyring: Keyring): ReadonlyArray<KeyFact> =>
  activeKeys(keyring)
    .filter((key) => !isLeaked(keyring, key))
    .map(keyFact);

/** Refuses what would give a suspended key's secret away. `scope`: where it is the Default that was asked for. */
export const suspendedKey = (keyring: Keyring, key: KeyEntry, scope: Scope | null = null): Refusal =>
  refuse('key-suspended', { key: keyFact(key), scope, candidates: activeFacts(keyring) });

export const notActive = (keyring: Keyring, key: KeyEntry): Refusal =>
  refuse('key-not-active', { key: keyFact(key), candidates: activeFacts(keyring) });
