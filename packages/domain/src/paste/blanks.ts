import type { UnseenRun } from './findings';

/** Seen as a gap, or not seen at all: format, control, separator and unassigned characters, and Hangul fillers. */
const BLANK = /[\s\p{C}\p{Z}\u115f\u1160\u3164\uffa0]/uy;
/** What is written with a key on a keyboard's space bar, tab or return key; every other blank is invisible. */
const TYPED_ONLY = /^[ \t\r\n\v\f]*$/;
/** Zero width: nothing was where they are, so that taking them out gives what was copied. */
const ZERO_WIDTH = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** How long the blank at a place is. Asked of every character of a paste: ASCII is told without an expression. */
const blankAt = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  if (unit > 0x20 && unit < 0x7f) return 0;
  if (unit <= 0x20) return 1;
  BLANK.lastIndex = at;
  return BLANK.test(text) ? BLANK.lastIndex - at : 0;
};

/** The end of the blanks that begin at a place. */
export const blanksFrom = (text: string, at: number): number => {
  let end = at;
  for (let length = blankAt(text, end); length > 0; length = blankAt(text, end)) end += length;
  return end;
};

/** The beginning of the blanks that end at a place. */
export const blanksUpTo = (text: string, end: number): number => {
  let start = end;
  while (start > 0) {
    const length = start > 1 && blankAt(text, start - 2) === 2 ? 2 : blankAt(text, start - 1);
    // The second half of a pair is not seen by itself: the pair is, or is not.
    const isHalf = length === 1 && start > 1 && (text.codePointAt(start - 2) ?? 0) > 0xffff;
    if (length === 0 || isHalf) break;
    start -= length;
  }
  return start;
};

/** Where the first blank is from a place on; -1 for none. */
export const blankAfter = (text: string, from: number): number => {
  for (let at = from; at < text.length; at += 1) {
    if (blankAt(text, at) > 0) return at;
    if (text.charCodeAt(at) > 0x7f && (text.codePointAt(at) ?? 0) > 0xffff) at += 1;
  }
  return -1;
};

/** Where the first character is that is neither ASCII nor a blank; -1 for nowhere. */
export const foreignIn = (text: string): number => {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0x7f) {
      const length = blankAt(text, at);
      if (length === 0) return at;
      at += length - 1;
    }
  }
  return -1;
};

export const withoutZeroWidth = (text: string): string => text.replace(ZERO_WIDTH, '');

/** Where in a text a place is of what `withoutZeroWidth` leaves of it. */
export const placeWithZeroWidth = (text: string, at: number): number => {
  let place = at;
  for (const { index } of text.matchAll(ZERO_WIDTH)) {
    if (index > place) break;
    place += 1;
  }
  return place;
};

/** Whether nothing but what is typed is among blanks. */
export const areTyped = (blanks: string): boolean => TYPED_ONLY.test(blanks);

const named = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** What blanks consist of: the same in a row counted together. A return and a line feed are one line end. */
export const unseenIn = (blanks: string): ReadonlyArray<UnseenRun> => {
  const runs: Array<{ readonly code: number; count: number }> = [];
  for (const char of blanks.replace(/\r\n/g, '\n')) {
    const code = char.codePointAt(0) ?? 0;
    const last = runs.at(-1);
    if (last?.code === code) last.count += 1;
    else runs.push({ code, count: 1 });
  }
  return runs.map(({ code, count }) => ({ character: named(code), count }));
};
