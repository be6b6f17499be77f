import { invalidInput, quotable, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';

/** Every member that an object may have, by name. */
export type MembersOf<A extends object> = { readonly [M in keyof A]-?: true };

/**
 * What a caller passed, as a plain object: each member is read once, so that what was checked is what is used. Refuses
 * `invalid-input` for what is no object, does not fit, or throws when it is read.
 *
 * @param ruleFor - what it has to be, told to whoever gave these members
 * @param fits - whether it may have these members; what they hold is checked elsewhere
 */
export const plainOnce = <A extends object>(
  what: string,
  given: A | null | undefined,
  ruleFor: (names: ReadonlyArray<string>) => string,
  fits: (names: ReadonlyArray<string>, plain: A) => boolean,
): E.Either<Refusal, A> => {
  let names: ReadonlyArray<string> = [];
  try {
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
      const plain = { ...given };
      names = Object.keys(plain);
      if (fits(names, plain)) return E.right(plain);
    }
  } catch {
    // A getter or a proxy threw: whatever it is, it is no request.
  }
  return E.left(invalidInput(what, ruleFor(names)));
};

/** The same for an object that may have these members, and no other: that one is named where it can't be a secret. */
export const givenOnce = <A extends object>(
  what: string,
  given: A,
  members: MembersOf<A>,
): E.Either<Refusal, A> => {
  const isKnown = (name: string): boolean => Object.hasOwn(members, name);
  const ruleFor = (names: ReadonlyArray<string>): string => {
    const rule = `an object with no members but ${Object.keys(members).join(', ')}`;
    const unknown = names.find((name) => !isKnown(name));
    return unknown === undefined ? rule : `${rule}; it has ${quotable(unknown)}`;
  };
  return plainOnce(what, given, ruleFor, (names) => names.every(isKnown));
};

/** A yes or no that may be left out: anything else is refused, and not taken for a no. */
export const flagGiven = (field: string, given: unknown): E.Either<Refusal, boolean> =>
  given === undefined || t.boolean.is(given)
    ? E.right(given === true)
    : E.left(invalidInput(field, 'true or false'));

/** A text that may be left out; a form leaves it empty. */
export const textGiven = (field: string, given: unknown): E.Either<Refusal, string | null> => {
  if (given === undefined || given === null || given === '') return E.right(null);
  return t.string.is(given) ? E.right(given) : E.left(invalidInput(field, 'text'));
};
