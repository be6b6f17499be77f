import type { PasteRefusals } from '../refusals/pasteRefusals';
import { refuse, type Refusal } from '../refusals/refusal';
import type { FindingKind, PasteFinding } from './findings';

/** Worst first: the first one found names the refusal. */
const CODES = {
  'several-keys': 'paste-several-keys',
  'admin-key': 'paste-admin-key',
  encoded: 'paste-encoded',
  'other-vendor': 'paste-wrong-vendor',
  'other-service': 'paste-other-secret',
  'not-utf8': 'paste-not-text',
  'not-text': 'paste-not-text',
  masked: 'paste-placeholder',
  placeholder: 'paste-placeholder',
  invisible: 'paste-invisible-character',
  bearer: 'paste-prefixed',
  header: 'paste-prefixed',
  export: 'paste-prefixed',
  powershell: 'paste-prefixed',
  'name-equals': 'paste-prefixed',
  'name-colon': 'paste-prefixed',
  option: 'paste-prefixed',
  url: 'paste-prefixed',
  path: 'paste-prefixed',
  text: 'paste-prefixed',
  code: 'paste-surrounded',
  comment: 'paste-surrounded',
  brackets: 'paste-surrounded',
  escape: 'paste-surrounded',
  'odd-character': 'paste-odd-character',
  quotes: 'paste-quoted',
  'lone-quote': 'paste-quoted',
  'white-space': 'paste-white-space',
} as const satisfies { readonly [K in FindingKind]: keyof PasteRefusals };

const WORST_FIRST: ReadonlyArray<string> = Object.keys(CODES);

/** Says of a paste what was found in it. */
export const refusalOf = (
  findings: ReadonlyArray<PasteFinding>,
  cleanable: boolean,
  vendor: string,
): Refusal => {
  const rank = ({ kind }: PasteFinding): number => WORST_FIRST.indexOf(kind);
  const [worst] = [...findings].sort((a, b) => rank(a) - rank(b));
  const code = worst === undefined ? 'paste-white-space' : CODES[worst.kind];
  const facts = { findings, cleanable };
  switch (code) {
    case 'paste-wrong-vendor':
    case 'paste-other-secret':
      return refuse(code, { ...facts, vendor, looksLike: worst?.owner ?? '' });
    case 'paste-admin-key':
      return refuse(code, { ...facts, vendor: worst?.owner ?? vendor });
    default:
      return refuse(code, facts);
  }
};
