import { decodeSnapshot, encodeSnapshot, type Keyring, type UndecodableSnapshot } from '@keyturn/domain';
import * as E from 'fp-ts/Either';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** The keyring as its snapshot gives it back. */
export const throughSnapshot = (keyring: Keyring): E.Either<UndecodableSnapshot, Keyring> => {
  const { head, parts } = encodeSnapshot(keyring);
  const decoding = decodeSnapshot(throughJson(head));
  if (E.isLeft(decoding)) return decoding;
  for (const part of parts) {
    const taken = decoding.right.take(() => throughJson(part.encode()));
    if (E.isLeft(taken)) return taken;
  }
  return decoding.right.finish();
};
