/** A kind of thing that a paste has besides the key, worst first: the first one found names the refusal. */
export type FindingKind = 'not-text' | 'invisible-character' | 'prefixed' | 'quoted' | 'white-space';

/** Something in a paste that is no part of a key. */
export interface Finding {
  readonly kind: FindingKind;
  /** What and where, such as "one space after the last character". Holds no character of the key. */
  readonly words: string;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const counted = (count: number): string => NUMBERS[count] ?? String(count);

const WHITE_SPACE: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\t': 'tab',
  '\n': 'line break',
  '\r': 'line break',
  '\r\n': 'line break',
  '\v': 'vertical tab',
  '\f': 'form feed',
};

const INVISIBLE: Readonly<Record<string, string>> = {
  '\u00a0': 'no-break space',
  '\u00ad': 'soft hyphen',
  '\u200b': 'zero-width space',
  '\u200c': 'zero-width non-joiner',
  '\u200d': 'zero-width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\u202f': 'narrow no-break space',
  '\u2060': 'word joiner',
  '\u3000': 'ideographic space',
  '\ufeff': 'byte order mark',
};

const codePoint = (char: string): string =>
  `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What a white-space or invisible character is called. Only ever asked of those. */
const nameOf = (char: string): string =>
  WHITE_SPACE[char] ?? INVISIBLE[char] ?? `invisible character ${codePoint(char)}`;

/** "two spaces", "one space, one line break": runs of the same thing counted together, in order. */
export const named = (characters: string): string => {
  const names = (characters.match(/\r\n|[\s\S]/gu) ?? []).map(nameOf);
  const runs: Array<{ readonly name: string; count: number }> = [];
  for (const name of names) {
    const last = runs.at(-1);
    if (last?.name === name) last.count += 1;
    else runs.push({ name, count: 1 });
  }
  return runs.map(({ name, count }) => `${counted(count)} ${name}${count === 1 ? '' : 's'}`).join(', ');
};

/** "one character", "12 characters". */
export const characters = (count: number): string =>
  `${counted(count)} ${count === 1 ? 'character' : 'characters'}`;
