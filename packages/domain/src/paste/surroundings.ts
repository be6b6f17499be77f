import type { Finding, FindingKind } from './findings';
import type { KeyForms } from './keyForms';

const QUOTES = ['"', "'", '`'];
const ADDRESS = /^[a-z][a-z0-9+.-]{0,30}:\/\//i;
const NAME = /^[A-Za-z0-9_.$@ -]{1,64}?\s*(=>|:=|=|:)\s*$/;
const PATH = /^[^\s"'`=]*[/\\]$/;
const CODE = /["'`{}()[\];=:<>|&$]/;

/** A key that is recognised by its beginning, within other things. */
export interface Found {
  readonly at: number;
  readonly end: number;
  readonly finding: Finding;
  /** Whether where it ends is as sure as where it begins. */
  readonly isCertain: boolean;
}

const isOneWord = (text: string): boolean => !/[\s"'`]/.test(text);

const kindOf = (front: string, back: string): FindingKind => {
  if (ADDRESS.test(front) && isOneWord(front)) return 'url';
  if (back === '' && PATH.test(front)) return 'path';
  const named = back === '' ? NAME.exec(front)?.[1] : undefined;
  if (named !== undefined) return named === ':' ? 'name-colon' : 'name-equals';
  return CODE.test(front) || CODE.test(back) ? 'code' : 'text';
};

/** The text literal around a place, without its quotation marks. */
const literalAround = (text: string, at: number, end: number): readonly [number, number] | null => {
  for (let start = at - 1; start >= 0; start -= 1) {
    const mark = text.charAt(start);
    if (QUOTES.includes(mark)) {
      const close = text.indexOf(mark, end);
      return close < 0 ? null : [start + 1, close];
    }
  }
  return null;
};

const isCertain = (
  core: string,
  at: number,
  end: number,
  kind: FindingKind,
  { fits }: KeyForms,
  peelsTo: (text: string) => string | null,
): boolean => {
  const key = core.slice(at, end);
  const before = core.charAt(at - 1);
  const behind = core.charAt(end);
  switch (kind) {
    case 'name-equals':
    case 'name-colon':
      return true;
    case 'path':
      return fits(key) === true;
    case 'url':
      return fits(key) === true && '/=:?&#'.includes(before) && (behind === '' || '/?&#@'.includes(behind));
    default: {
      const literal = literalAround(core, at, end);
      return literal !== null && peelsTo(core.slice(...literal)) === key;
    }
  }
};

/**
 * Finds the key in what can't be taken off it piece by piece: code, addresses, sentences.
 *
 * @param at - where the one secret of the core begins
 * @param peelsTo - what is left of a text when all that is known is taken off it
 * @returns null where nothing stands in front of it
 */
export const findWithin = (
  core: string,
  at: number,
  forms: KeyForms,
  isOfKey: (char: string) => boolean,
  peelsTo: (text: string) => string | null,
): Found | null => {
  let end = at;
  while (end < core.length && isOfKey(core.charAt(end))) end += 1;
  const [front, back] = [core.slice(0, at), core.slice(end)];
  const isGlued = at > 0 && isOfKey(core.charAt(at - 1));
  if (front === '') return null;
  const kind = isGlued ? 'text' : kindOf(front, back);
  const place = back === '' ? 'front' : 'around';
  return {
    at,
    end,
    finding: { kind, place, at: 0, length: back === '' ? at : core.length },
    isCertain: isCertain(core, at, end, kind, forms, peelsTo),
  };
};
