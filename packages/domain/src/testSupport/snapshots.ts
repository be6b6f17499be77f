import * as E from 'fp-ts/Either';
import type { UndecodableSnapshot } from '../codecs/errors';
import { decodeSnapshot } from '../snapshot/decodeSnapshot';
import { encodeSnapshot } from '../snapshot/encodeSnapshot';
import type { Keyring } from '../state/keyring';

/** A snapshot as it is stored. */
export interface StoredAsJson {
  readonly head: unknown;
  readonly parts: ReadonlyArray<unknown>;
}

export const storedAsJson = (keyring: Keyring): StoredAsJson => {
  const { head, parts } = encodeSnapshot(keyring);
  return JSON.parse(JSON.stringify({ head, parts: parts.map((part) => part.encode()) })) as StoredAsJson;
};

export const restored = ({ head, parts }: StoredAsJson): E.Either<UndecodableSnapshot, Keyring> => {
  const decoding = decodeSnapshot(head);
  if (E.isLeft(decoding)) return decoding;
  for (const part of parts) {
    const taken = decoding.right.take(() => part);
    if (E.isLeft(taken)) return taken;
  }
  return decoding.right.finish();
};
