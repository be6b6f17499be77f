import type { Random } from './random';

/** Deals cards in a random order, each once before any comes again: in a few rounds every scenario was played. */
export const deckOf = <A>(cards: ReadonlyArray<A>): ((random: Random, count: number) => ReadonlyArray<A>) => {
  let left: ReadonlyArray<A> = [];
  return (random, count) => {
    const dealt: A[] = [];
    while (dealt.length < Math.min(count, cards.length)) {
      if (left.length === 0) left = random.some(cards.length, cards);
      const [next, ...others] = left;
      left = others;
      if (next !== undefined) dealt.push(next);
    }
    return dealt;
  };
};
