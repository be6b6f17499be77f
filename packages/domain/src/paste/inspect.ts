import { keyCharacters } from './alphabet';
import { inspectCore } from './core';
import type { Finding, FindingKind } from './findings';
import type { KeyForms, PasteWord } from './keyForms';
import { peelBlank, peelComment, peelEscape, peelOdd } from './layers/ends';
import type { Peel } from './layers/layer';
import { peelPair } from './layers/pairs';
import { moved, peelAll } from './layers/peelAll';
import { peelPrefix } from './layers/prefixes';
import { secretsIn } from './secrets';
import { findWithin } from './surroundings';

const PRINTABLE = /^[\x21-\x7e]+$/;
/** What says it all, wherever the key may be. */
const DECIDED: ReadonlySet<FindingKind> = new Set(['not-text', 'masked', 'placeholder']);
const NO_KEY: ReadonlySet<FindingKind> = new Set(['several-keys', 'admin-key', 'encoded']);

/** What was found in a paste, and what is left when what is certain is taken off. */
export interface Inspection {
  /** The key, if the findings can all be taken off; else what is left. */
  readonly text: string;
  /** Places are in UTF-16 units. */
  readonly findings: ReadonlyArray<Finding>;
  /** Whether the text is the key, when what was found is taken off. */
  readonly isCertain: boolean;
}

const peelsOf = (isOfKey: (char: string) => boolean): ReadonlyArray<Peel> => [
  peelBlank,
  peelPrefix,
  peelEscape,
  peelPair,
  peelComment,
  peelOdd(isOfKey),
];

/** What the caller says is the key has blanks around it at most. */
const inspectCertain = (paste: string, forms: KeyForms): Inspection => {
  if (PRINTABLE.test(paste)) return { text: paste, findings: [], isCertain: true };
  const { from, to, findings } = peelAll(paste, forms, [peelBlank]);
  const core = inspectCore(paste.slice(from, to), forms, true);
  return { text: core.text, findings: [...findings, ...moved(core.findings, from)], isCertain: core.isKey };
};

const inspectPaste = (paste: string, forms: KeyForms, only: number | null): Inspection => {
  const isOfKey = keyCharacters(forms);
  const peels = peelsOf(isOfKey);
  const { from, to, findings: around } = peelAll(paste, forms, peels);
  const text = paste.slice(from, to);
  const core = inspectCore(text, forms, false);
  const peelsTo = (literal: string): string => {
    const left = peelAll(literal, forms, peels);
    return literal.slice(left.from, left.to);
  };
  const isLost = only !== null && (only < from || only >= to);
  const isDecided = core.findings.some(({ kind }) => DECIDED.has(kind));
  const found =
    only === null || isLost || isDecided ? null : findWithin(text, only - from, forms, isOfKey, peelsTo);
  if (found === null) {
    const findings = [...around, ...moved(core.findings, from)];
    return { text: core.text, findings, isCertain: core.isKey && !isLost };
  }
  const isCodeInCode = found.finding.kind === 'code' && around.some(({ kind }) => kind === 'code');
  return {
    text: text.slice(found.at, found.end),
    findings: [...around, ...(isCodeInCode ? [] : moved([found.finding], from))],
    isCertain: found.isCertain,
  };
};

/** Tells everything that a paste has besides the key, and what the key is where that is certain. */
export const inspect = (paste: string, forms: KeyForms, word: PasteWord): Inspection => {
  const { findings: secrets, only } = secretsIn(paste, forms, word);
  if (secrets.some(({ kind }) => NO_KEY.has(kind)))
    return { text: paste, findings: secrets, isCertain: false };
  const { text, findings, isCertain } =
    word.keyIsCertain === true ? inspectCertain(paste, forms) : inspectPaste(paste, forms, only);
  return { text, findings: [...secrets, ...findings], isCertain };
};
