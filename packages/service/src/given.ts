import { invalidInput, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

/** Every member that an object may have, by name. */
export type MembersOf<A extends object> = { readonly [M in keyof A]-?: true };

/**
 * What a caller passed, as a plain object: each member is read once, so that what was checked is what is used. Refuses
 * `invalid-input` for what is no object, does not fit, or throws when it is read. What was refused is not repeated.
 *
 * @param fits - whether it may have these members; what they hold is checked elsewhere
 */
export const plainOnce = <A extends object>(
  what: string,
  given: A | null | undefined,
  rule: string,
  fits: (names: ReadonlyArray<string>, plain: A) => boolean,
): E.Either<Refusal, A> => {
  try {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      const plain = { ...given };
      if (fits(Object.keys(plain), plain)) return E.right(plain);
    }
  } catch {
    // A getter or a proxy threw: whatever it is, it is no request.
  }
  return E.left(invalidInput(what, rule));
};

/** The same for an object that may have these members, and no other. */
export const givenOnce = <A extends object>(
  what: string,
  given: A,
  members: MembersOf<A>,
): E.Either<Refusal, A> =>
  plainOnce(what, given, `an object with no members but ${Object.keys(members).join(', ')}`, (names) =>
    names.every((name) => Object.hasOwn(members, name)),
  );

/** A yes or no that may be left out: anything else is refused, and not taken for a no. */
export const flagGiven = (field: string, given: unknown): E.Either<Refusal, boolean> =>
  given === undefined || t.boolean.is(given)
    ? E.right(given === true)
    : E.left(invalidInput(field, 'true or false'));

/** A text that may be left out. */
export const textGiven = (field: string, given: unknown): E.Either<Refusal, string | null> =>
  given === undefined || t.string.is(given) ? E.right(given ?? null) : E.left(invalidInput(field, 'text'));
