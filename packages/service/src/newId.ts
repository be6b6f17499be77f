import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { v4 as uuidv4 } from 'uuid';

/** A random id of a kind (UUID, version 4): which every id's codec takes. */
export const newId = <A>(kind: t.Type<A, unknown>): A => {
  const id = kind.decode(uuidv4());
  if (E.isRight(id)) return id.right;
  throw new TypeError(`${kind.name} does not take a UUID`);
};
