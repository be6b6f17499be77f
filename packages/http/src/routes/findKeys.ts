import type { FindKeysInput } from 'keyturn';
import { objectWith } from '../codecs/codec';
import { Id, Last4, paged, Pasted } from '../codecs/inputs';
import { invalidInput } from '../problems/problem';

/** One of its first three members names what is looked for. */
export const FindKeys = objectWith(
  'FindKeysInput',
  {},
  { pasted: Pasted, last4: Last4, keyId: Id, ...paged },
);

/** @throws ProblemError `invalid-input` unless one is given, and only one */
export const findInput = ({
  pasted,
  last4,
  keyId,
  ...page
}: {
  readonly pasted?: string;
  readonly last4?: string;
  readonly keyId?: string;
  readonly limit?: number;
  readonly cursor?: string;
}): FindKeysInput => {
  const given: ReadonlyArray<FindKeysInput> = [
    ...(pasted === undefined ? [] : [{ pasted }]),
    ...(last4 === undefined ? [] : [{ last4, ...page }]),
    ...(keyId === undefined ? [] : [{ keyId }]),
  ];
  const [only, ...others] = given;
  if (only === undefined || others.length > 0)
    throw invalidInput('body', 'one of `pasted`, `last4` and `keyId`');
  return only;
};
