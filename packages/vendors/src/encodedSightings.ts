import type { Sighting } from './sightings';

/** Rows of base64, in either alphabet, as programs wrap them; and of hexadecimal digits, which are among those. */
const ENCODED = /[A-Za-z0-9+/_-]{20,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}/g;
const HEX = /^[0-9A-Fa-f]+$/;
const PLAIN = /^[\t\r\n\x20-\x7e]+$/;
/** What was encoded twice is found, too. */
const DEPTH = 2;

const decodings = (encoded: string): ReadonlyArray<string> => {
  const text = encoded.replace(/[\r\n]/g, '');
  const bytes = [
    ...(HEX.test(text) && text.length % 2 === 0 ? [Buffer.from(text, 'hex')] : []),
    Buffer.from(text, 'base64'),
  ];
  return bytes.map((decoded) => decoded.toString('latin1')).filter((decoded) => PLAIN.test(decoded));
};

/** The first secret of a text that is known once it is decoded. */
export const encodedSighting = (
  text: string,
  sight: (text: string) => ReadonlyArray<Sighting>,
  depth = DEPTH,
): Sighting | null => {
  for (const { 0: encoded, index } of text.matchAll(ENCODED)) {
    for (const decoded of decodings(encoded)) {
      const found = sight(decoded)[0] ?? (depth > 1 ? encodedSighting(decoded, sight, depth - 1) : null);
      if (found !== null) return { ...found, at: index, isEncoded: true };
    }
  }
  return null;
};
