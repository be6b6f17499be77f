import * as E from 'fp-ts/Either';
import { refuse, type Refusal, type RefusalOf } from '../refusals/refusal';
import type { Finding, FindingKind } from './findings';
import { forgetLastMatch } from './forgetLastMatch';
import { inspectCore } from './inspectCore';
import { peel } from './peel';

/** No vendor's key is shorter; last 4 of one that were would give away much of it. */
export const MIN_SECRET_BYTES = 16;
export const MAX_SECRET_BYTES = 4_096;
/** Longer pastes are refused unread: this much may surround a key. */
const MAX_PASTE_LENGTH = 2 * MAX_SECRET_BYTES;
const MAX_LAYERS = 8;

interface Inspection {
  readonly text: string;
  readonly findings: ReadonlyArray<Finding>;
  readonly cleanable: boolean;
}

const inspect = (paste: string): Inspection => {
  const findings: Finding[] = [];
  let rest = paste;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const peeled = peel(rest);
    if (peeled === null) break;
    findings.push(peeled.finding);
    rest = peeled.rest;
  }
  const core = inspectCore(rest);
  return {
    text: core.text,
    findings: [...findings, ...core.findings],
    cleanable: core.cleanable && peel(core.text) === null,
  };
};

const WORST_FIRST: ReadonlyArray<FindingKind> = [
  'not-text',
  'invisible-character',
  'prefixed',
  'quoted',
  'white-space',
];

const CODES = {
  'not-text': 'paste-not-text',
  'invisible-character': 'paste-invisible-character',
  prefixed: 'paste-prefixed',
  quoted: 'paste-quoted',
  'white-space': 'paste-white-space',
} as const satisfies { readonly [K in FindingKind]: string };

const refusalOf = ({ findings, cleanable }: Inspection): Refusal | null => {
  const worst = WORST_FIRST.find((kind) => findings.some((finding) => finding.kind === kind));
  if (worst === undefined) return null;
  return refuse(CODES[worst], { findings: [...new Set(findings.map(({ words }) => words))], cleanable });
};

const tooLong = (bytes: number | null): RefusalOf<'paste-too-long'> =>
  refuse('paste-too-long', { bytes, maxBytes: MAX_SECRET_BYTES });

/** ASCII alone is left at this point: characters are bytes. */
const ofFittingLength = (text: string): E.Either<Refusal, string> => {
  if (text.length < MIN_SECRET_BYTES) {
    return E.left(refuse('paste-too-short', { bytes: text.length, minBytes: MIN_SECRET_BYTES }));
  }
  return text.length > MAX_SECRET_BYTES ? E.left(tooLong(text.length)) : E.right(text);
};

const inspected = (
  paste: string,
  accepts: (inspection: Inspection) => boolean,
): E.Either<Refusal, string> => {
  if (paste.length > MAX_PASTE_LENGTH) return E.left(tooLong(null));
  const inspection = inspect(paste);
  forgetLastMatch();
  if (inspection.text === '') return E.left(refuse('paste-empty', {}));
  const refusal = accepts(inspection) ? null : refusalOf(inspection);
  return refusal === null ? ofFittingLength(inspection.text) : E.left(refusal);
};

/**
 * Takes a pasted key as it is, or refuses it saying what else is in it and where. Nothing of the key is in the refusal.
 *
 * Refuses `paste-empty`, `paste-too-short`, `paste-too-long`, `paste-not-text`, `paste-white-space`,
 * `paste-invisible-character`, `paste-quoted`, `paste-prefixed`.
 *
 * @example
 * checkPaste(`${key} `); // left: "The pasted key has one space after the last character. …"
 */
export const checkPaste = (paste: string): E.Either<Refusal, string> => inspected(paste, () => false);

/**
 * Takes the key out of what surrounds it: white space and quotation marks around it, a `Bearer ` or `NAME=` in front of
 * it, characters without width anywhere. Refuses as `checkPaste` does when nobody can tell what the key is.
 */
export const cleanPaste = (paste: string): E.Either<Refusal, string> =>
  inspected(paste, ({ cleanable }) => cleanable);
