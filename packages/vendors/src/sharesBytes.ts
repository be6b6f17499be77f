/** The spec's measure: this many bytes in common with a secret are too many. */
const BYTES = 8;

/** Whole characters that eight bytes fill in base64, wherever they begin. */
const BASE64_CHARACTERS = 10;

/** Whether `text` has eight bytes in a row of `secret` in it: as they are, or in hex or base64 (either alphabet). */
export const sharesBytes = (text: string, secret: Uint8Array): boolean => {
  const bytes = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
  const alignments = [0, 1, 2].map((start) => bytes.subarray(start));
  return (
    overlap(text, bytes.toString('latin1'), BYTES) ||
    overlap(text.toLowerCase(), bytes.toString('hex'), BYTES * 2) ||
    alignments.some(
      (part) =>
        overlap(text, part.toString('base64url'), BASE64_CHARACTERS) ||
        overlap(text, part.toString('base64'), BASE64_CHARACTERS),
    )
  );
};

const overlap = (text: string, secret: string, length: number): boolean =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, start) =>
    text.slice(start, start + length),
  ).some((window) => secret.includes(window));
