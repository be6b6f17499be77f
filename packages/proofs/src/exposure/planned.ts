/** An act of somebody's at a time, milliseconds since 1970, in a history that is made. */
export interface PlannedAct {
  readonly at: number;
  /** `user:ada`. */
  readonly actor: string;
  readonly origin: string | null;
  readonly does:
    | { readonly kind: 'add'; readonly key: string }
    | { readonly kind: 'set-default'; readonly key: string }
    | {
        readonly kind: 'run';
        readonly run: string;
        readonly project: string | null;
        /** The Default where it is left out. */
        readonly key?: string;
        readonly minutes: number;
      };
}

/** Numbers from 0 up to 1, the same for the same seed. */
export type Random = () => number;

/** A linear congruential generator, with the numbers of Numerical Recipes: good enough for office hours. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
