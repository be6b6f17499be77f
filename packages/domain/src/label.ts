import * as t from 'io-ts';

const MOST_CHARACTERS = 64;
/** A character as people count them may be many: a family of emoji is eleven of these units. */
const MOST_UNITS = 512;

/** What the codec of labels accepts, in words. */
export const LABEL_RULE =
  `1 to ${MOST_CHARACTERS} characters, something to see, nothing invisible but what joins letters or emoji, ` +
  'no space at either end';

/** A label as events hold it: the rules of Unicode differ between releases of Node, and none may stop a fold. */
export const StoredLabel = t.refinement(
  t.string,
  (s) => s.length >= 1 && s.length <= MOST_UNITS && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(s),
  'StoredLabel',
);

/** Joins, or keeps apart, what stands around it: in emoji, and in scripts such as Persian, Hindi and Malayalam. */
const JOINER = new RegExp(
  String.raw`(?<=[\p{L}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]` +
    String.raw`(?=[\p{L}\p{M}\p{Extended_Pictographic}])|(?<=(?!\ufe0f)\p{M})[\u200c\u200d]`,
  'gu',
);
/** Names the region of a flag such as Scotland's: a black flag, letters that are not seen, and their end. */
const FLAG = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;
/** Seen as a gap or not at all, though it is a letter or a symbol to Unicode: fillers, a blank of Braille. */
const SHOWS_NOTHING = /^[\p{Default_Ignorable_Code_Point}\p{Z}\p{M}\u2800]*$/u;
/** The line that customers know their keys by, `…AbCd · Default`, with whatever looks like its dots. */
const DISPLAY = /(?:\.{2,}|\u22ef).{0,8}[\u00b7\u1427\u2022\u2027\u2219\u22c5\u2e31\u2e33\u30fb\ua78f]/u;
const NOT_SEEN = /[\p{Default_Ignorable_Code_Point}\p{M}]/gu;

/** NFKC makes an ellipsis three dots. */
const readsAsDisplay = (s: string): boolean => DISPLAY.test(s.normalize('NFKC').replace(NOT_SEEN, ''));

let segmenter: Intl.Segmenter | undefined;

/** Whether people count so many characters at most. Most labels have so few units that nothing has to be counted. */
const isShort = (s: string): boolean => {
  if (s.length <= MOST_CHARACTERS) return true;
  if (s.length > MOST_UNITS) return false;
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return [...segmenter.segment(s)].length <= MOST_CHARACTERS;
};

const showsNoMore = (s: string): boolean =>
  !/[\p{C}\p{Zl}\p{Zp}]/u.test(s.replace(FLAG, '').replace(JOINER, ''));

/** A person's own name for a key: something to see, and no line that Keyturn itself would write. */
export const Label = t.refinement(
  t.string,
  (s) =>
    s.length >= 1 &&
    isShort(s) &&
    s === s.trim() &&
    showsNoMore(s) &&
    !SHOWS_NOTHING.test(s) &&
    !readsAsDisplay(s),
  'Label',
);
