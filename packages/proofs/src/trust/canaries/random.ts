/** Repeatable chance: the same seed gives the same course. */
export interface Random {
  /** From 0 up to, not including, `below`. */
  readonly whole: (below: number) => number;
  readonly chance: (of: number) => boolean;
  /** @throws RangeError when there is nothing to choose from */
  readonly pick: <const A extends number | object | string>(from: ReadonlyArray<A>) => A;
  /** Some of them, in another order. */
  readonly some: <A>(count: number, from: ReadonlyArray<A>) => ReadonlyArray<A>;
  readonly text: (length: number, alphabet: string) => string;
}

/** Mulberry32, by Tommy Ettinger (public domain): good enough to choose scenarios and to make canaries by. */
const numbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    const a = Math.imul(state ^ (state >>> 15), state | 1);
    const b = a ^ (a + Math.imul(a ^ (a >>> 7), a | 61));
    return ((b ^ (b >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const makeRandom = (seed: number): Random => {
  const next = numbers(seed);
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    whole,
    chance: (of) => next() < of,
    pick: (from) => {
      const picked = from[whole(from.length)];
      if (picked === undefined) throw new RangeError('There is nothing to choose from.');
      return picked;
    },
    some: (count, from) =>
      from
        .map((value) => ({ value, order: next() }))
        .sort((a, b) => a.order - b.order)
        .slice(0, count)
        .map(({ value }) => value),
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet.charAt(whole(alphabet.length))).join(''),
  };
};
