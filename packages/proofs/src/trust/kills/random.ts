/** Numbers that a seed repeats. */
export interface Random {
  /** From 0 up to, and without, this. */
  readonly below: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  /** @throws for an empty list */
  readonly pick: <A>(list: ReadonlyArray<A>) => A;
}

/** Mulberry32: small, and good enough to spread kills over time. */
export const makeRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
  };
};
