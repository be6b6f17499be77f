import { ProjectionFault } from '../faults';

/** One, or any of several. */
export type AnyOf<A> = A | ReadonlyArray<A>;

const isList = <A>(given: AnyOf<A>): given is ReadonlyArray<A> => Array.isArray(given);

/**
 * All that were named, each once; undefined where nothing was.
 *
 * @throws ProjectionFault `invalid-query` for an empty list: "none of them" would pass for "there was nothing"
 */
export const listOf = <A>(name: string, given: AnyOf<A> | undefined): ReadonlyArray<A> | undefined => {
  if (given === undefined) return undefined;
  const list = isList(given) ? given : [given];
  if (list.length > 0) return [...new Set(list)];
  throw new ProjectionFault('invalid-query', `\`${name}\` is an empty list: leave it out, or name one.`);
};
