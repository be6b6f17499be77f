import type { PasteFinding } from '../paste/findings';
import { secretOf } from '../words/englishFindings';
import type { NoFacts, RefusalTable } from './table';

/** What was found in a paste: each finding says what and where, and holds no character of the key. */
interface PasteFindings {
  readonly findings: ReadonlyArray<PasteFinding>;
  /** Whether asking for cleaning would mend it. */
  readonly cleanable: boolean;
}

/** A paste for one vendor's key that has somebody else's secret. */
interface ForeignSecret extends PasteFindings {
  readonly vendor: string;
  /** The slug of another vendor, or the name of a service. */
  readonly looksLike: string;
}

/** Refusals of a pasted key before anything is stored or sent. */
export interface PasteRefusals {
  'paste-empty': NoFacts;
  'paste-too-short': { readonly bytes: number; readonly minBytes: number };
  /** `bytes` is null when it was too long to be measured. */
  'paste-too-long': { readonly bytes: number | null; readonly maxBytes: number };
  'paste-several-keys': PasteFindings;
  'paste-admin-key': PasteFindings & { readonly vendor: string };
  'paste-encoded': PasteFindings;
  'paste-wrong-vendor': ForeignSecret;
  'paste-other-secret': ForeignSecret;
  'paste-not-text': PasteFindings;
  'paste-placeholder': PasteFindings;
  'paste-invisible-character': PasteFindings;
  'paste-prefixed': PasteFindings;
  'paste-surrounded': PasteFindings;
  'paste-odd-character': PasteFindings;
  'paste-quoted': PasteFindings;
  'paste-white-space': PasteFindings;
}

const UNTOUCHED = 'Nothing was stored or sent';

const listOf = ({ findings }: PasteFindings): string =>
  [...new Set(findings.map(({ words }) => words))].join(', and ');

const keyHas = (facts: PasteFindings): string => `The pasted key has ${listOf(facts)}. ${UNTOUCHED};`;
const textHas = (facts: PasteFindings): string => `The pasted text has ${listOf(facts)}. ${UNTOUCHED};`;

const alone = (facts: PasteFindings): string =>
  `${keyHas(facts)} paste the key alone${facts.cleanable ? ', or ask for it to be cleaned' : ''}`;

const found = {
  message: (facts: PasteFindings) => `${alone(facts)}.`,
  next: ['paste-again', 'allow-cleaning'],
} as const;

export const pasteRefusals: RefusalTable<PasteRefusals> = {
  'paste-empty': {
    message: () => 'Nothing was pasted. Copy the key from the vendor and paste it.',
    next: ['paste-again'],
  },
  'paste-too-short': {
    message: (f) =>
      `The pasted text has ${f.bytes} bytes, and no vendor key has fewer than ${f.minBytes}. ` +
      'Copy the whole key and paste it again.',
    next: ['paste-again'],
  },
  'paste-too-long': {
    message: (f) =>
      `The pasted text has ${f.bytes === null ? 'far ' : `${f.bytes} bytes, `}more than the ${f.maxBytes} ` +
      'bytes that a key may have. Copy the key alone and paste it again.',
    next: ['paste-again'],
  },
  'paste-several-keys': {
    message: (f) => `${textHas(f)} add one key at a time.`,
    next: ['paste-again'],
  },
  'paste-admin-key': {
    message: (f) =>
      `This is an admin key of ${f.vendor}: it can do far more than run a compilation, so it is not taken. ` +
      'Generate an ordinary API key and paste that.',
    next: ['paste-again'],
  },
  'paste-encoded': {
    message: (f) => `${textHas(f)} decode it, and paste the key alone.`,
    next: ['paste-again'],
  },
  'paste-wrong-vendor': {
    message: (f) =>
      `This looks like a key of ${f.looksLike}, not of ${f.vendor}; testing it would show it to ${f.vendor}. ` +
      `${UNTOUCHED}; name ${f.looksLike} as the vendor, or say that it really is of ${f.vendor}.`,
    next: ['correct-input', 'confirm-vendor'],
  },
  'paste-other-secret': {
    message: (f) =>
      `This looks like ${secretOf(f.looksLike)}, not like a key of ${f.vendor}; testing it would show it to ` +
      `${f.vendor}. ${UNTOUCHED}; paste the key, or say that this really is one of ${f.vendor}.`,
    next: ['paste-again', 'confirm-vendor'],
  },
  'paste-not-text': { message: (f) => `${keyHas(f)} paste the key alone.`, next: ['paste-again'] },
  'paste-placeholder': {
    message: (f) => `${textHas(f)} copy the key itself, where the vendor shows it whole.`,
    next: ['paste-again'],
  },
  'paste-invisible-character': found,
  'paste-prefixed': found,
  'paste-surrounded': found,
  'paste-odd-character': {
    message: (f) => `${alone(f)}, or say that this is the key as it is.`,
    next: ['paste-again', 'allow-cleaning', 'confirm-key'],
  },
  'paste-quoted': found,
  'paste-white-space': found,
};
