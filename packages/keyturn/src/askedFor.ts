import { quotable } from '@keyturn/domain';
import { faultError } from './errors';

/** What a member of a query has to be. */
export interface Member {
  readonly is: (given: unknown) => boolean;
  readonly rule: string;
}

/** Every member that a query may have. */
export type MembersOf<Q extends object> = { readonly [N in keyof Q]-?: Member };

/** Looked at elsewhere. */
export const ANY: Member = { is: () => true, rule: 'anything' };
export const TEXT: Member = { is: (given) => typeof given === 'string', rule: 'text' };
export const TEXT_OR_NONE: Member = {
  is: (given) => given === null || TEXT.is(given),
  rule: 'text, or null for none',
};
export const NUMBER: Member = { is: (given) => typeof given === 'number', rule: 'a number' };
export const YES_OR_NO: Member = { is: (given) => typeof given === 'boolean', rule: 'true or false' };
export const TIME: Member = {
  is: (given) => Number.isSafeInteger(given),
  rule: 'a whole number of milliseconds since 1970',
};

export const oneOf = (words: ReadonlyArray<string>): Member => ({
  is: (given) => typeof given === 'string' && words.includes(given),
  rule: `one of ${words.join(', ')}`,
});

const ACTOR_KINDS: ReadonlyArray<unknown> = [undefined, 'user', 'service', 'support', 'system'];

/** An actor by its id, and by its kind where that is said. */
export const ACTOR: Member = {
  is: (given) => {
    if (typeof given !== 'object' || given === null || !('id' in given)) return false;
    const { id, ...more }: { readonly id: unknown; readonly kind?: unknown } = given;
    return (
      TEXT.is(id) && Object.keys(more).every((name) => name === 'kind') && ACTOR_KINDS.includes(more.kind)
    );
  },
  rule: 'an object with the id of an actor, and its kind if you like',
};

/** One, or a list of which any may be. */
export const anyOf = ({ is, rule }: Member): Member => ({
  is: (given) => (Array.isArray(given) ? given.every(is) : is(given)),
  rule: `${rule}, or a list of such`,
});

const refuse = (message: string): never => {
  throw faultError('invalid-query', 'read-models', message);
};

const isOf = <Q extends object>(members: MembersOf<Q>, name: string): name is string & keyof Q =>
  Object.hasOwn(members, name);

/**
 * A query, each member read once. Types say what it may have, but plain JavaScript asks, too: what is passed over, or
 * compared with what it never is, answers "none" or "all" as if that had been asked.
 *
 * @param needed - what it can't be without
 * @throws KeyturnFault `invalid-query`
 */
export const askedFor = <Q extends object>(
  asked: Q,
  members: MembersOf<Q>,
  needed: ReadonlyArray<keyof Q & string> = [],
): Q => {
  const query = { ...asked };
  const given: ReadonlyArray<readonly [string, unknown]> = Object.entries(query);
  for (const [name, value] of given) {
    if (!isOf(members, name)) {
      return refuse(
        `A query has no \`${quotable(name)}\` here: it takes ${Object.keys(members).join(', ')}.`,
      );
    }
    const { is, rule } = members[name];
    if (value !== undefined && !is(value)) refuse(`\`${name}\` has to be ${rule}.`);
  }
  const lacking = needed.find((name) => query[name] === undefined);
  if (lacking !== undefined) refuse(`\`${lacking}\` has to be ${members[lacking].rule}.`);
  return query;
};
