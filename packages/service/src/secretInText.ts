import type { Secret } from '@keyturn/vault';
import { sharesBytes } from '@keyturn/vendors';

const percentDecoded = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Not cut from Node's pool: each small buffer of the process could show what lies there. The caller wipes it. */
const loweredCopy = (bytes: Uint8Array): Buffer => {
  const copy = Buffer.alloc(bytes.length);
  for (const [index, byte] of bytes.entries())
    copy[index] = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
  return copy;
};

const shares = (bytes: Uint8Array, text: string): boolean => {
  const lowered = loweredCopy(bytes);
  try {
    return [text, percentDecoded(text)].some(
      (readable) => sharesBytes(readable, bytes) || sharesBytes(readable.toLowerCase(), lowered),
    );
  } finally {
    lowered.fill(0);
  }
};

/**
 * Whether a text that would enter the log has eight bytes in a row of the secret in it: as they are, in another case,
 * or in base64, hexadecimal or URL encoding. The log does not forget, so a pasted secret must not get in as a label.
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
