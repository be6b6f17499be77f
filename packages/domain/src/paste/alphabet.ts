import type { KeyForms } from './keyForms';

/** Where a vendor's alphabet is not known: what keys usually consist of. */
const USUAL = 'A-Za-z0-9_.+/=~-';
const ASCII = Array.from({ length: 0x7f - 0x21 }, (_, n) => String.fromCharCode(0x21 + n));

/** Tells the characters that a vendor's keys may have. */
export const keyCharacters = ({ alphabet }: KeyForms): ((char: string) => boolean) => {
  const isOfKey = new RegExp(`[${alphabet ?? USUAL}]`);
  const characters = new Set(ASCII.filter((char) => isOfKey.test(char)));
  return (char) => characters.has(char);
};
