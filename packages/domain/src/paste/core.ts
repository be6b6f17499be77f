import { areTyped, blankAfter, blanksFrom, foreignIn, unseenIn, withoutZeroWidth } from './blanks';
import type { Finding } from './findings';
import type { KeyForms } from './keyForms';
import { maskIn } from './masks';
import { isPlaceholder } from './placeholders';

/** So many of one kind are told one by one; the rest are counted. */
const MOST_TOLD = 3;
const QUOTE = /["'`\u201c\u201d\u201e\u201a\u2018\u2019\u00ab\u00bb\u2039\u203a]/;
/** What code and settings have around texts, and no key has together with a quotation mark. */
const CODE = /[{}()[\];=:,<>\s]/;
const ADDRESS = /^[a-z][a-z0-9+.-]{0,30}:\/\//i;

/** What is left of a paste when all that is around the key is taken off. */
export interface Core {
  /** The text without what can be taken out of it safely. */
  readonly text: string;
  /** Places are those in the core. */
  readonly findings: ReadonlyArray<Finding>;
  /** False when nobody can tell what the key is. */
  readonly isKey: boolean;
}

interface Span {
  readonly at: number;
  readonly length: number;
}

/** The first of many, the last of them with how many more there are. */
const told = (spans: ReadonlyArray<Span>, findingAt: (span: Span) => Finding): ReadonlyArray<Finding> => {
  const more = spans.length - MOST_TOLD;
  return spans
    .slice(0, MOST_TOLD)
    .map((span, index) =>
      more > 0 && index === MOST_TOLD - 1 ? { ...findingAt(span), more } : findingAt(span),
    );
};

const blanksWithin = (core: string): ReadonlyArray<Finding> => {
  const spans: Span[] = [];
  for (let at = blankAfter(core, 0); at >= 0;) {
    const end = blanksFrom(core, at);
    spans.push({ at, length: end - at });
    at = blankAfter(core, end);
  }
  return told(spans, ({ at, length }) => {
    const blanks = core.slice(at, at + length);
    return {
      kind: areTyped(blanks) ? 'white-space' : 'invisible',
      place: 'within',
      at,
      length,
      unseen: unseenIn(blanks),
    };
  });
};

/** What stands between two keys. No bearer token has them (RFC 6750), whatever the vendor's alphabet. */
const SEPARATORS = /[,;|]+/g;

/** Rows of printable characters that are in no key of the vendor. */
const oddWithin = (core: string, alphabet: string | null): ReadonlyArray<Finding> => {
  const odd = alphabet === null ? SEPARATORS : new RegExp(`(?:(?![${alphabet}])[\\x21-\\x7e])+`, 'g');
  const spans = [...core.matchAll(odd)].map(({ 0: { length }, index }) => ({ at: index, length }));
  return told(spans, (span) => ({ kind: 'odd-character', place: 'within', ...span }));
};

const BRACKET_IN_FRONT = /^[[({<]/;
const BRACKET_BEHIND = /[\])}>]$/;

/** Without its counterpart a bracket belongs to something that was not copied whole. */
const loneBrackets = (core: string): ReadonlyArray<Finding> => [
  ...(BRACKET_IN_FRONT.test(core) ? [{ kind: 'brackets', place: 'front', at: 0, length: 1 } as const] : []),
  ...(BRACKET_BEHIND.test(core)
    ? [{ kind: 'brackets', place: 'end', at: core.length - 1, length: 1 } as const]
    : []),
];

/** Code, an address or a lone mark: of those nobody can tell where the key is. */
const shapeOf = (core: string): ReadonlyArray<Finding> => {
  const whole = { at: 0, length: core.length };
  if (ADDRESS.test(core)) return [{ kind: 'url', place: 'whole', ...whole }];
  const quote = core.search(QUOTE);
  if (quote < 0) return [];
  return CODE.test(core)
    ? [{ kind: 'code', place: 'around', ...whole }]
    : [{ kind: 'lone-quote', place: 'within', at: quote, length: 1 }];
};

/** What can't be the key, whatever its characters; else what is strange among these. */
const printableIn = (core: string, forms: KeyForms): ReadonlyArray<Finding> => {
  if (isPlaceholder(core, forms))
    return [{ kind: 'placeholder', place: 'whole', at: 0, length: core.length }];
  const mask = maskIn(core, forms);
  if (mask !== null) return [{ kind: 'masked', place: 'within', ...mask }];
  const shape = shapeOf(core);
  if (shape.length > 0) return shape;
  return [...(forms.alphabet === null ? loneBrackets(core) : []), ...oddWithin(core, forms.alphabet)];
};

const foreignWithin = (core: string): ReadonlyArray<Finding> => {
  const at = foreignIn(core);
  return at < 0
    ? []
    : [{ kind: 'not-text', place: 'within', at, length: (core.codePointAt(at) ?? 0) > 0xffff ? 2 : 1 }];
};

/** @param keyIsCertain - whether printable characters are the key's, whatever they are */
export const inspectCore = (core: string, forms: KeyForms, keyIsCertain: boolean): Core => {
  const blanks = blanksWithin(core);
  const text = withoutZeroWidth(core);
  const foreign = foreignWithin(core);
  const printable = keyIsCertain ? [] : printableIn(core, forms);
  const others =
    printable.some(({ kind }) => kind !== 'odd-character') || foreign.length === 0 ? printable : foreign;
  return {
    text,
    findings: [...blanks, ...others],
    isKey: others.length === 0 && text !== '' && blankAfter(text, 0) < 0,
  };
};
