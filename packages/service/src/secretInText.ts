import type { Secret } from '@keyturn/vault';
import { sharesBytes } from '@keyturn/vendors';

/** Percent-encoded characters as they are. Without a regular expression: V8 would keep the text that one matched. */
const percentDecoded = (text: string): string =>
  text
    .split('%')
    .map((part, index) => {
      const code = Number(`0x${part.slice(0, 2)}`);
      if (index === 0) return part;
      return part.length >= 2 && Number.isInteger(code)
        ? String.fromCharCode(code) + part.slice(2)
        : `%${part}`;
    })
    .join('');

const shares = (bytes: Uint8Array, text: string): boolean =>
  [...new Set([text, percentDecoded(text)])].some((readable) => sharesBytes(readable, bytes));

/**
 * Whether a text that would enter the log tells of the secret: by all that the two share, as it is, cut up, backwards,
 * in another case, or in base64, hexadecimal or URL encoding. The log does not forget, so a pasted secret must not get
 * in as a label.
 */
export const sharesSecret = (secret: Secret, text: string): boolean =>
  secret.use((bytes) => shares(bytes, text));

/** The same of a paste that no secret was made of yet: whether a refusal may not repeat the text. */
export const sharesPaste = (pasted: string, text: string): boolean => {
  const bytes = Buffer.alloc(pasted.length);
  bytes.write(pasted, 'latin1');
  try {
    return shares(bytes, text);
  } finally {
    bytes.fill(0);
  }
};
