import { blankAfter, blanksFrom, blanksUpTo } from '../blanks';
import { areMasked } from '../masks';
import type { Peel } from './layer';

/** Blanks at both ends, typed or invisible. */
export const peelBlank: Peel = (text) => {
  const front = blanksFrom(text, 0);
  const back = front === text.length ? 0 : text.length - blanksUpTo(text, text.length);
  return front + back === 0 ? null : { kind: 'white-space', front, back };
};

const COMMENT = /^(?:#|\/\/|\/\*|;|--\s|<!--)/;

/** A comment behind a key, with the blanks between. */
export const peelComment: Peel = (text) => {
  const at = blankAfter(text, 0);
  if (at <= 0) return null;
  const behind = blanksFrom(text, at);
  return COMMENT.test(text.slice(behind, behind + 4))
    ? { kind: 'comment', front: 0, back: text.length - at }
    : null;
};

/** Blanks, line ends and marks as other languages spell them: URLs, HTML, and string literals. */
const SPELLED =
  '%(?:0[9ad]|2[0c27e]|3[bce])|' +
  '&(?:nbsp|ensp|emsp|thinsp|shy|zwnj|zwj|tab|newline|quot|apos|amp|lt|gt);|' +
  '&#(?:9|10|13|32|34|39|160|173|820[3-7]|xa|xd|x20|xa0|x200b);|' +
  String.raw`\\(?:[nrtvf0"'\x60\\]|u00(?:0[9ad]|20|a0)|u20(?:0[b-f]|28|29)|ufeff|x0[9ad]|x20|xa0)|` +
  String.raw`</?(?:br|p|b|i|em|code|pre|span|div|td|tr|li|strong|kbd|samp|tt)(?:\s[^<>]{0,80})?/?>`;
const SPELLED_FIRST = new RegExp(`^(?:${SPELLED})`, 'i');
const SPELLED_LAST = new RegExp(`(?:${SPELLED})$`, 'i');
const LONGEST_SPELLED = 96;

/** Unit by unit: an expression that looks for a row of them at the end takes quadratic time on many. */
export const peelEscape: Peel = (text) => {
  let front = 0;
  let back = 0;
  const unit = (pattern: RegExp, piece: string): number => pattern.exec(piece)?.[0].length ?? 0;
  for (;;) {
    const first = unit(SPELLED_FIRST, text.slice(front, front + LONGEST_SPELLED));
    if (first === 0 || front + first >= text.length) break;
    front += first;
  }
  for (;;) {
    const end = text.length - back;
    const last = unit(SPELLED_LAST, text.slice(Math.max(front, end - LONGEST_SPELLED), end));
    if (last === 0 || last >= end - front) break;
    back += last;
  }
  return front + back === 0 ? null : { kind: 'escape', front, back };
};

/** No key ends with them, whatever its alphabet. */
const ODD_LAST = [',', ';', '.'];
const ONE_WORD = /^(["'`]?)[^\s"'`]+\1$/;

/**
 * Rows of printable characters at the ends that are in no key, around what is nothing but a key. A row that masks
 * something is left where it is.
 */
export const peelOdd =
  (isOfKey: (char: string) => boolean): Peel =>
  (text, { alphabet }) => {
    const isOdd = (char: string): boolean =>
      char > ' ' && char <= '~' && (alphabet === null ? ODD_LAST.includes(char) : !isOfKey(char));
    let front = 0;
    while (alphabet !== null && isOdd(text.charAt(front))) front += 1;
    let back = 0;
    while (back < text.length - front && isOdd(text.charAt(text.length - 1 - back))) back += 1;
    const key = text.slice(front, text.length - back);
    const isAlone = alphabet === null ? ONE_WORD.test(key) : Array.from(key).every(isOfKey);
    return front + back === 0 ||
      key === '' ||
      !isAlone ||
      [text.slice(0, front), text.slice(text.length - back)].some(areMasked)
      ? null
      : { kind: 'odd-character', front, back };
  };
