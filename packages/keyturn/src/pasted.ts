import { english, MAX_SECRET_BYTES, refuse } from '@keyturn/domain';
import { refusalError } from './errors';

/** Longer than any key with what may surround it. */
export const LONGEST_PASTE = 2 * MAX_SECRET_BYTES;

/**
 * The text of a paste. Bytes stay their owner's, to wipe; the text can't be wiped.
 *
 * @throws KeyturnRefusal `paste-too-long`, `paste-not-text`
 */
export const pastedText = (pasted: string | Uint8Array): string => {
  if (typeof pasted === 'string') return pasted;
  if (pasted.length > LONGEST_PASTE) {
    throw refusalError(refuse('paste-too-long', { bytes: null, maxBytes: MAX_SECRET_BYTES }));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(pasted);
  } catch {
    const finding = { kind: 'not-utf8', place: 'whole', at: 0, length: pasted.length } as const;
    const findings = [{ ...finding, words: english.pasteFinding(finding) }];
    throw refusalError(refuse('paste-not-text', { findings, cleanable: false }));
  }
};
