import * as E from 'fp-ts/Either';
import { KeyId } from '../ids';
import { type Chunk, CHUNK, DeferredChunk } from '../state/chunk';
import { isGoneForGood, type KeyEntry } from '../state/keyEntry';
import { packId, splitIds, unpackIds } from './packedIds';
import { decodePart, unfitting } from './partCodec';
import type { StoredGoneKeys } from './snapshotShape';
import { restoreKeys } from './storedKeys';

const whole = <A>(all: ReadonlyArray<A>): ReadonlyArray<A> => {
  if (all.length !== CHUNK) throw unfitting();
  return all;
};

const readIds = ({ keyIds }: StoredGoneKeys): ReadonlyArray<KeyId> => {
  const ids = whole(unpackIds(keyIds));
  if (!ids.every(KeyId.is)) throw unfitting();
  return ids;
};

const readEntries = (ids: StoredGoneKeys, rest: unknown): Chunk<KeyId, KeyEntry> => {
  const part = decodePart(rest);
  if (E.isLeft(part)) throw part.left;
  const keys = part.right.kind === 'keys' ? restoreKeys(part.right, readIds(ids)) : null;
  if (keys === null || !keys.every(isGoneForGood)) throw unfitting();
  return keys.map((key) => [key.keyId, key]);
};

/**
 * A chunk of keys that are long gone, of its two parts: their ids, and all else, which is not read before it is asked
 * for. Whatever was sealed as these parts was encoded as them; reading anything else throws.
 */
export const goneKeys = (ids: StoredGoneKeys, readRest: () => unknown): DeferredChunk<KeyId, KeyEntry> =>
  new DeferredChunk({
    names: () => whole(splitIds(ids.keyIds)),
    nameOf: packId,
    keys: () => readIds(ids),
    entries: () => readEntries(ids, readRest()),
  });
