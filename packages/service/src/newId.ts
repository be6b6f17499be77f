import type * as t from 'io-ts';
import { v4 as uuidv4 } from 'uuid';

/** A random id of a kind (UUID, version 4): which every id's codec takes. */
export const newId = <A>(kind: t.Type<A, unknown>): A => {
  const id = uuidv4();
  if (kind.is(id)) return id;
  throw new TypeError(`${kind.name} does not take a UUID`);
};
