import { Instant, invalidInput, Label, LABEL_RULE, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { decoded } from './context';

/** A label as forms give it: nothing, and an empty text, mean none. */
export const labelGiven = (given: unknown): E.Either<Refusal, string | null> =>
  given === undefined || given === null || given === ''
    ? E.right(null)
    : decoded(Label, 'label', given, LABEL_RULE);

/** An expiry; nothing means never. */
export const expiryGiven = (given: unknown): E.Either<Refusal, Instant | null> => {
  if (given === undefined || given === null) return E.right(null);
  return Instant.is(given)
    ? E.right(given)
    : E.left(invalidInput('expiresAt', 'a whole number of milliseconds since 1970, or null for never'));
};
