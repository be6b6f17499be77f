import * as E from 'fp-ts/Either';
import { refuse, type Refusal, type RefusalOf } from '../refusals/refusal';
import { pasteFinding } from '../words/englishFindings';
import type { Finding, PasteFinding } from './findings';
import { forgetLastMatch } from './forgetLastMatch';
import { inspect } from './inspect';
import { ANY_KEY, type KeyForms, type PasteWord } from './keyForms';
import { refusalOf } from './refusalOf';

/** No vendor's key is shorter; last 4 of one that were would give away much of it. */
export const MIN_SECRET_BYTES = 16;
export const MAX_SECRET_BYTES = 4_096;
/** Longer pastes are refused unread: this much may surround a key. */
const MAX_PASTE_LENGTH = 2 * MAX_SECRET_BYTES;

const tooLong = (bytes: number | null): RefusalOf<'paste-too-long'> =>
  refuse('paste-too-long', { bytes, maxBytes: MAX_SECRET_BYTES });

/** ASCII alone is left at this point: characters are bytes. */
const ofFittingLength = (text: string): E.Either<Refusal, string> => {
  if (text.length < MIN_SECRET_BYTES) {
    return E.left(refuse('paste-too-short', { bytes: text.length, minBytes: MIN_SECRET_BYTES }));
  }
  return text.length > MAX_SECRET_BYTES ? E.left(tooLong(text.length)) : E.right(text);
};

/** Characters are counted as people count them: what lies beyond the first plane is one, and not two. */
const inCharacters = (paste: string, findings: ReadonlyArray<Finding>): ReadonlyArray<PasteFinding> => {
  const count = (from: number, to: number): number => Array.from(paste.slice(from, to)).length;
  return findings.map((found) => {
    const { at, length } = found;
    const finding = { ...found, at: count(0, at), length: count(at, at + length) };
    return { ...finding, words: pasteFinding(finding) };
  });
};

/** What a paste gives as it is, and what it gives when it is cleaned. */
interface Looked {
  readonly asItIs: E.Either<Refusal, string>;
  readonly cleaned: E.Either<Refusal, string>;
}

const ofLength: ReadonlyArray<Refusal['code']> = ['paste-too-short', 'paste-too-long'];

const look = (paste: string, forms: KeyForms, word: PasteWord): Looked => {
  const both = (answer: E.Either<Refusal, string>): Looked => ({ asItIs: answer, cleaned: answer });
  if (paste.length > MAX_PASTE_LENGTH) return both(E.left(tooLong(null)));
  const { text, findings, isCertain } = inspect(paste, forms, word);
  if (text === '') return both(E.left(refuse('paste-empty', {})));
  if (findings.length === 0) return both(ofFittingLength(text));
  // What comes to light only when something is taken off is not taken off in turn.
  const key = isCertain && inspect(text, forms, word).findings.length === 0 ? ofFittingLength(text) : null;
  const refusal = E.left(
    refusalOf(inCharacters(paste, findings), key !== null && E.isRight(key), forms.vendor),
  );
  return {
    asItIs: refusal,
    cleaned: key !== null && (E.isRight(key) || ofLength.includes(key.left.code)) ? key : refusal,
  };
};

const looked = (paste: string, forms: KeyForms, word: PasteWord): Looked => {
  const answer = look(paste, forms, word);
  forgetLastMatch();
  return answer;
};

/**
 * Takes a pasted key as it is, or refuses it saying what else is in it and where. Nothing of the key is in the refusal.
 *
 * Refuses `paste-empty`, `paste-too-short`, `paste-too-long`, `paste-several-keys`, `paste-admin-key`, `paste-encoded`,
 * `paste-wrong-vendor`, `paste-other-secret`, `paste-not-text`, `paste-placeholder`, `paste-invisible-character`,
 * `paste-prefixed`, `paste-surrounded`, `paste-odd-character`, `paste-quoted`, `paste-white-space`.
 *
 * @param forms - how the awaited vendor's keys look, and everybody else's; of a paste alone less can be told
 * @param word - what the caller vouches for
 * @example
 * checkPaste(`${key} `); // left: "The pasted key has one space after the last character. …"
 */
export const checkPaste = (
  paste: string,
  forms: KeyForms = ANY_KEY,
  word: PasteWord = {},
): E.Either<Refusal, string> => looked(paste, forms, word).asItIs;

/**
 * Takes the key out of what surrounds it, where that is certain: blanks, marks, names, headers and comments around it,
 * code around a key that is recognised, characters without width anywhere. Refuses as `checkPaste` does when nobody can
 * tell what the key is.
 */
export const cleanPaste = (
  paste: string,
  forms: KeyForms = ANY_KEY,
  word: PasteWord = {},
): E.Either<Refusal, string> => looked(paste, forms, word).cleaned;
