import type { NoFacts, RefusalTable } from './table';

/** What was found in a paste: each finding says what and where, and holds no character of the key. */
interface PasteFindings {
  readonly findings: ReadonlyArray<string>;
  /** Whether asking for cleaning would mend it. */
  readonly cleanable: boolean;
}

/** Refusals of a pasted key before anything is stored or sent. */
export interface PasteRefusals {
  'paste-empty': NoFacts;
  'paste-too-short': { readonly bytes: number; readonly minBytes: number };
  /** `bytes` is null when it was too long to be measured. */
  'paste-too-long': { readonly bytes: number | null; readonly maxBytes: number };
  'paste-not-text': PasteFindings;
  'paste-white-space': PasteFindings;
  'paste-invisible-character': PasteFindings;
  'paste-quoted': PasteFindings;
  'paste-prefixed': PasteFindings;
  'paste-admin-key': { readonly vendor: string };
  'paste-wrong-vendor': { readonly vendor: string; readonly looksLike: string };
}

const sentence = ({ findings, cleanable }: PasteFindings): string =>
  `The pasted key has ${findings.join(', and ')}. Nothing was stored or sent; paste the key alone${
    cleanable ? ', or ask for it to be cleaned' : ''
  }.`;

const found = { message: sentence, next: ['paste-again', 'allow-cleaning'] } as const;

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
  'paste-not-text': { message: sentence, next: ['paste-again'] },
  'paste-white-space': found,
  'paste-invisible-character': found,
  'paste-quoted': found,
  'paste-prefixed': found,
  'paste-admin-key': {
    message: (f) =>
      `This is an admin key of ${f.vendor}: it can do far more than run a compilation, so it is not taken. ` +
      'Generate an ordinary API key and paste that.',
    next: ['paste-again'],
  },
  'paste-wrong-vendor': {
    message: (f) =>
      `This looks like a key of ${f.looksLike}, not of ${f.vendor}; testing it would show it to ${f.vendor}. ` +
      `Nothing was stored or sent; name ${f.looksLike} as the vendor, or say that it really is of ` +
      `${f.vendor}.`,
    next: ['correct-input', 'confirm-vendor'],
  },
};
