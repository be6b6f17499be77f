import type { Random } from './random';

/**
 * Deals cards, each once before any comes again: in a few rounds every scenario was played. `leading` of them come
 * first, the others in a random order: the shortest run has seen those.
 */
export const deckOf = <A>(
  cards: ReadonlyArray<A>,
  leading: number,
): ((random: Random, count: number) => ReadonlyArray<A>) => {
  const first = cards.slice(0, leading);
  let left: ReadonlyArray<A> | null = null;
  return (random, count) => {
    const dealt: A[] = [];
    left ??= [...first, ...random.some(cards.length, cards.slice(leading))];
    while (dealt.length < Math.min(count, cards.length)) {
      if (left.length === 0) left = random.some(cards.length, cards);
      const [next, ...others] = left;
      left = others;
      if (next !== undefined) dealt.push(next);
    }
    return dealt;
  };
};
