import { characters, named, type Finding } from './findings';
import { BLANK, hasQuote } from './peel';

const BLANKS = new RegExp(BLANK, 'u');
const ALL_BLANKS = new RegExp(`${BLANK}+`, 'gu');
const WHITE_SPACE = /[ \t\r\n\v\f]/;
/** Zero width: nothing was where they are, so that taking them out gives what was copied. */
const ZERO_WIDTH = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const NOT_ASCII = /[^\x21-\x7e]/u;

/** What stands within a paste once everything around the key is taken off. */
export interface Core {
  /** The text without what can be taken out of it safely. */
  readonly text: string;
  readonly findings: ReadonlyArray<Finding>;
  /** False when nobody can tell what the key is. */
  readonly cleanable: boolean;
}

/** Places are told by how many characters stand before them. */
const place = (text: string, index: number): string =>
  `after the first ${characters(Array.from(text.slice(0, index)).length)}`;

const blanksWithin = (text: string): ReadonlyArray<Finding> =>
  [...text.matchAll(ALL_BLANKS)].slice(0, 3).map((match) => ({
    kind: WHITE_SPACE.test(match[0]) ? 'white-space' : 'invisible-character',
    words: `${named(match[0])} ${place(text, match.index)}`,
  }));

const foreign = (text: string): ReadonlyArray<Finding> => {
  const index = text.search(NOT_ASCII);
  return index < 0
    ? []
    : [
        {
          kind: 'not-text',
          words: `a character that no key has ${index === 0 ? 'at its start' : place(text, index)}`,
        },
      ];
};

/** Looks at what is left between the ends. */
export const inspectCore = (text: string): Core => {
  const withoutZeroWidth = text.replace(ZERO_WIDTH, '');
  const quoted: ReadonlyArray<Finding> = hasQuote(text)
    ? [{ kind: 'quoted', words: 'a quotation mark without its counterpart' }]
    : [];
  const strange = quoted.length > 0 ? [] : foreign(text.replace(ALL_BLANKS, ''));
  return {
    text: withoutZeroWidth,
    findings: [...blanksWithin(text), ...quoted, ...strange],
    cleanable: quoted.length === 0 && strange.length === 0 && !BLANKS.test(withoutZeroWidth),
  };
};
