import type { KeyForms } from './keyForms';

/** In place of characters that are not shown. No key has three of them in a row. */
const MASK = /([*.#?])\1{2,}/;
/** A letter that keys have, too. */
const XS = /x{3,}|X{3,}/g;
/** In rows of three and more: so many come about in one of millions of random keys. */
const LEAST = 5;
/** So few say enough of what is too short, and of another form than the vendor's keys. */
const LEAST_OF_SHORT = 3;
const SHORT = 40;

export const areMasked = (text: string): boolean => MASK.test(text);

/** A row in a text that stands for characters which are not shown. */
export const maskIn = (
  text: string,
  { fits }: KeyForms,
): { readonly at: number; readonly length: number } | null => {
  const mask = MASK.exec(text);
  if (mask !== null) return { at: mask.index, length: mask[0].length };
  const rows = [...text.matchAll(XS)].map(({ 0: { length }, index }) => ({ at: index, length }));
  const least = text.length < SHORT && fits(text) === false ? LEAST_OF_SHORT : LEAST;
  return rows.reduce((sum, { length }) => sum + length, 0) >= least ? (rows[0] ?? null) : null;
};
