import type { Sighting } from './sightings';

/** Rows of base64, in either alphabet, as programs wrap them; and of hexadecimal digits, which are among those. */
const ENCODED = /[A-Za-z0-9+/_-]{20,}(?:\r?\n[A-Za-z0-9+/_-]+)*={0,2}/g;
const HEX = /[0-9A-Fa-f]{30,}/g;
/** Random bytes hardly ever have so much text in a row. */
const PLAIN = /[\t\r\n\x20-\x7e]{15,}/g;
/** What was encoded twice is found, too. */
const DEPTH = 2;

/** A path or a name may be glued to the front, so the first character is any of those that are decoded together. */
const decodings = (encoded: string): ReadonlyArray<string> => {
  const text = encoded.replace(/[\r\n]/g, '');
  const bytes = [
    ...(text.match(HEX) ?? []).flatMap((digits) =>
      [0, 1].map((start) => Buffer.from(digits.slice(start), 'hex')),
    ),
    ...[0, 1, 2, 3].map((start) => Buffer.from(text.slice(start), 'base64')),
  ];
  // PowerShell encodes UTF-16, which has a zero beside each byte.
  return bytes.flatMap((decoded) => decoded.toString('latin1').replaceAll('\0', '').match(PLAIN) ?? []);
};

/**
 * The first secret of a text that is known once it is decoded.
 *
 * @param plain - what was seen in the text as it is: a key that consists of base64 is not looked into
 */
export const encodedSighting = (
  text: string,
  sight: (text: string) => ReadonlyArray<Sighting>,
  plain: ReadonlyArray<Sighting> = [],
  depth = DEPTH,
): Sighting | null => {
  for (const { 0: encoded, index } of text.matchAll(ENCODED)) {
    if (plain.some(({ at }) => at >= index && at < index + encoded.length)) continue;
    for (const decoded of decodings(encoded)) {
      const found = sight(decoded)[0] ?? (depth > 1 ? encodedSighting(decoded, sight, [], depth - 1) : null);
      if (found !== null) return { ...found, at: index, isEncoded: true };
    }
  }
  return null;
};
