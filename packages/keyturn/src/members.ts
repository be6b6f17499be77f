/** What a member of a query, or an option, has to be. */
export interface Member {
  readonly is: (given: unknown) => boolean;
  readonly rule: string;
}

/** Every member that there may be. */
export type MembersOf<A extends object> = { readonly [N in keyof A]-?: Member };

/** Looked at elsewhere. */
export const ANY: Member = { is: () => true, rule: 'anything' };
export const TEXT: Member = { is: (given) => typeof given === 'string', rule: 'text' };
export const TEXT_OR_NONE: Member = {
  is: (given) => given === null || TEXT.is(given),
  rule: 'text, or null for none',
};
export const LAST4: Member = {
  is: (given) => typeof given === 'string' && /^[!-~]{4}$/.test(given),
  rule: "a key's last 4 characters",
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

const isOf = <A extends object>(members: MembersOf<A>, name: string): name is string & keyof A =>
  Object.hasOwn(members, name);

/** The first member that is not known, and has no rule, or that is not what it has to be; null where all are. */
export const misfitOf = <A extends object>(
  given: A,
  members: MembersOf<A>,
): { readonly name: string; readonly rule: string | null } | null => {
  const entries: ReadonlyArray<readonly [string, unknown]> = Object.entries(given);
  for (const [name, value] of entries) {
    if (!isOf(members, name)) return { name, rule: null };
    const { is, rule } = members[name];
    if (value !== undefined && !is(value)) return { name, rule };
  }
  return null;
};
