import { jest } from '@jest/globals';
import * as fc from 'fast-check';

/** Whether tests go through all that they could. `./scripts/trust --only samples` has those that take samples do so. */
export const WHOLE = process.env['KEYTURN_WHOLE'] === '1';

/**
 * So many of these, in their order: drawn anew in each run, and again with `--seed N`, which jest prints. When tests go
 * through all that they could, all of them.
 *
 * ```ts
 * test.each(sampled(OBSTRUCTIONS, 3))('goes on after $name', …);
 * ```
 */
export const sampled = <A>(all: ReadonlyArray<A>, count: number): ReadonlyArray<A> => {
  if (WHOLE || count >= all.length) return all;
  const [drawn = []] = fc.sample(fc.subarray([...all], { minLength: count, maxLength: count }), {
    seed: jest.getSeed(),
    numRuns: 1,
  });
  return drawn;
};

const SHARE = 5;

/** How often a generated run is made: a fifth of what it is given, or all of it. */
export const longRuns = (count: number): number => (WHOLE ? count : Math.ceil(count / SHARE));
