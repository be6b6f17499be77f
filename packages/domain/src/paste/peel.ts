import { named, type Finding } from './findings';

/** Seen as a gap, or not seen at all: format, control, separator and unassigned characters, and Hangul fillers. */
export const BLANK = String.raw`[\s\p{C}\p{Z}\u115f\u1160\u3164\uffa0]`;
const BLANK_ONLY = new RegExp(`^${BLANK}$`, 'u');
/** What is written with a key on a keyboard's space bar, tab or return key; all else in `BLANK` is invisible. */
const WHITE_SPACE_ONLY = /^[ \t\r\n\v\f]*$/;

/** Quotation marks that belong together; keys have none. */
const QUOTES: ReadonlyArray<readonly [string, string]> = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\u201c', '\u201d'],
  ['\u2018', '\u2019'],
  ['\u00ab', '\u00bb'],
];
const ANY_QUOTE = /["'`\u201c\u201d\u2018\u2019\u00ab\u00bb]/;

/** Names that settings have: all capitals, or with "key", "token" or "secret" in them. Base 64 padding is no name. */
const SETTING = String.raw`(?:[A-Z][A-Z0-9_]{0,63}|[A-Za-z0-9_-]{0,48}(?:key|token|secret)[A-Za-z0-9_-]{0,16})`;
const PREFIXES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^bearer\s+/i, '`Bearer `'],
  [/^(?:authorization|x-api-key|x-goog-api-key|api-key)\s*:\s*/i, 'a header name'],
  [/^(?:export|set|setx)\s+[A-Za-z_][A-Za-z0-9_]{0,63}\s*=\s*/, '`export NAME=`'],
  [new RegExp(`^${SETTING}\\s*=\\s*(?=[^=\\s])`, 'i'), '`NAME=`'],
  [new RegExp(`^["']?${SETTING}["']?\\s*:\\s+(?=\\S)`, 'i'), '`NAME: `'],
];

/** What is left of a paste once something around it is taken off. */
export interface Peeled {
  readonly rest: string;
  readonly finding: Finding;
}

const blank = (rest: string, removed: string, where: string): Peeled => ({
  rest,
  finding: {
    kind: WHITE_SPACE_ONLY.test(removed) ? 'white-space' : 'invisible-character',
    words: `${named(removed)} ${where}`,
  },
});

/** Character by character: an expression that looks for the last gap takes quadratic time on many gaps. */
const peelBlank = (text: string): Peeled | null => {
  const characters = Array.from(text);
  const first = characters.findIndex((character) => !BLANK_ONLY.test(character));
  if (first < 0) return text === '' ? null : blank('', text, 'and nothing else');
  if (first > 0) {
    const before = characters.slice(0, first).join('');
    return blank(text.slice(before.length), before, 'before the first character');
  }
  const blanksAtEnd = [...characters].reverse().findIndex((character) => !BLANK_ONLY.test(character));
  if (blanksAtEnd === 0) return null;
  const after = characters.slice(-blanksAtEnd).join('');
  return blank(text.slice(0, -after.length), after, 'after the last character');
};

const peelQuotes = (text: string): Peeled | null => {
  for (const [open, close] of QUOTES) {
    if (text.length >= 2 && text.startsWith(open) && text.endsWith(close)) {
      return {
        rest: text.slice(1, -1),
        finding: { kind: 'quoted', words: 'quotation marks around it' },
      };
    }
  }
  return null;
};

const peelPrefix = (text: string): Peeled | null => {
  for (const [prefix, name] of PREFIXES) {
    const found = prefix.exec(text)?.[0];
    if (found !== undefined && found.length < text.length) {
      return {
        rest: text.slice(found.length),
        finding: { kind: 'prefixed', words: `${name} in front of it` },
      };
    }
  }
  return null;
};

/** Takes one thing off a paste from the outside in; null when nothing more is around it. */
export const peel = (text: string): Peeled | null => peelBlank(text) ?? peelPrefix(text) ?? peelQuotes(text);

/** Whether a quotation mark is left at an end or within: which part is the key then nobody can tell. */
export const hasQuote = (text: string): boolean => ANY_QUOTE.test(text);
