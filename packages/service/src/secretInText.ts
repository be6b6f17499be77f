import type { Secret } from '@keyturn/vault';

const SHARED = 8;

const renderings = (bytes: Uint8Array): ReadonlyArray<string> => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1');
  return [
    text,
    buffer.toString('base64'),
    buffer.toString('base64url'),
    buffer.toString('hex'),
    encodeURIComponent(text),
  ];
};

/**
 * Whether a text that would enter the log shares eight characters with the secret, as it is or in base64, hexadecimal or
 * URL encoding. The log does not forget, so a pasted secret must not get in as a label.
 */
export const sharesSecret = (secret: Secret, text: string): boolean => {
  if (text.length < SHARED) return false;
  const folded = text.toLowerCase();
  return secret.use((bytes) =>
    renderings(bytes).some((rendering) => {
      const lower = rendering.toLowerCase();
      for (let start = 0; start + SHARED <= folded.length; start += 1) {
        if (lower.includes(folded.slice(start, start + SHARED))) return true;
      }
      return false;
    }),
  );
};
