import type { KeyForms } from './keyForms';

const SHORTEST = 16;
const LONGEST_BETWEEN = 3;
/** A text of few different characters repeats itself easily, and is no key. */
const LEAST_DIFFERENT = 8;
/** What may stand between two keys, and is in none of those whose form is known. */
const TOKEN = /[^\s,;|&:="'`<>()[\]{}]{16,}/g;

/** The same again, with nothing between or with a few characters that are neither letters nor digits. */
const secondOfTwins = (text: string): number => {
  for (let between = 0; between <= LONGEST_BETWEEN; between += 1) {
    const half = (text.length - between) / 2;
    const separator = text.slice(half, half + between);
    if (Number.isInteger(half) && half >= SHORTEST && !/[A-Za-z0-9]/.test(separator)) {
      const second = text.slice(half + between);
      if (text.startsWith(second) && new Set(second).size >= LEAST_DIFFERENT) return half + between;
    }
  }
  return -1;
};

/** Two keys of the same length with nothing between. */
const secondOfHalves = (text: string, { fits }: KeyForms): number => {
  const half = text.length / 2;
  return Number.isInteger(half) &&
    half >= SHORTEST &&
    fits(text) === false &&
    fits(text.slice(0, half)) === true &&
    fits(text.slice(half)) === true
    ? half
    : -1;
};

const secondOfTokens = (text: string, { fits }: KeyForms): number => {
  const fitting = [...text.matchAll(TOKEN)].filter(([token]) => fits(token) === true);
  return fitting[1]?.index ?? -1;
};

/** Where a second key begins, whatever it begins with; -1 for nowhere. */
export const secondKey = (text: string, forms: KeyForms): number =>
  [secondOfTwins(text), secondOfHalves(text, forms), secondOfTokens(text, forms)].find((at) => at >= 0) ?? -1;
