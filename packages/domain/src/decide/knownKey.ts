import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { KeyId } from '../ids';
import { keyFact, type KeyFact } from '../refusals/keyFact';
import { unknownKey } from '../refusals/outerRefusals';
import { refuse, type Refusal } from '../refusals/refusal';
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

/** Active keys, oldest first: what a person may choose from. */
export const activeKeys = (keyring: Keyring): ReadonlyArray<KeyEntry> =>
  keysOnFile(keyring).filter((key) => key.status === 'active');

export const activeFacts = (keyring: Keyring): ReadonlyArray<KeyFact> => activeKeys(keyring).map(keyFact);

export const notActive = (keyring: Keyring, key: KeyEntry): Refusal =>
  refuse('key-not-active', { key: keyFact(key), candidates: activeFacts(keyring) });
