/**
 * What naming a place costs: a piece that two texts have in common by chance is found somewhere among all places of
 * both, in some writing. Only what it tells beyond that counts.
 */
const PLACE_BITS = 16;

/** More than chance gives: of three million random ids none came to it (V-21). */
const TOO_MANY_BITS = 24;

/** Characters that ids and keys have between their parts. In words, numbers and hexadecimal ids they tell nothing. */
const SEPARATORS = new Set(['-', '_', '.', ':', ' ']);

/** How many characters a random text chose among, at the least, when it has these. */
const choices = (characters: ReadonlyArray<string>): number => {
  const within = (from: string, to: string, others: string): boolean =>
    characters.every(
      (character) =>
        (character >= '0' && character <= '9') ||
        (character >= from && character <= to) ||
        others.includes(character),
    );
  if (within('0', '9', '')) return 10;
  if (within('a', 'f', '') || within('A', 'F', '')) return 16;
  if (within('a', 'z', '') || within('A', 'Z', '')) return 36;
  if (within('a', 'z', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ+/')) return 64;
  return within('!', '~', '') ? 94 : 256;
};

/** From so many choices on a separator may be one of them: base 64 for addresses has `-` and `_`. */
const CHOICES_WITH_SEPARATORS = 64;

/** What a piece of a text tells, if it is random. */
const bitsOf = (piece: string): number => {
  const characters = Array.from(piece);
  const between = characters.filter((character) => !SEPARATORS.has(character));
  const each = choices(between);
  return (each >= CHOICES_WITH_SEPARATORS ? characters : between).length * Math.log2(each);
};

const reversed = (text: string): string => Array.from(text).reverse().join('');

const withoutSeparators = (text: string): string =>
  Array.from(text)
    .filter((character) => !SEPARATORS.has(character))
    .join('');

/** How a secret may be written: as it is, in hexadecimal, or in base 64 of either alphabet; and all of it backwards. */
const writingsOf = (secret: Uint8Array): string => {
  const bytes = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength);
  const plain = bytes.toString('latin1');
  const forwards = [
    plain,
    withoutSeparators(plain),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    // What stands at another offset is written in other characters.
    ...[0, 1, 2].flatMap((start) => {
      const part = bytes.subarray(start);
      return [part.toString('base64url'), part.toString('base64')];
    }),
  ];
  return [...new Set([...forwards, ...forwards.map(reversed)])].join('\n');
};

/** Below it no piece tells more than its place. */
const SHORTEST_PIECE = 3;

/** The longest beginning of a text that stands among the writings; nothing where it is too short to tell. */
const longestBeginning = (text: string, writings: string): string => {
  let length = SHORTEST_PIECE;
  while (length <= text.length && writings.includes(text.slice(0, length))) length += 1;
  return length === SHORTEST_PIECE ? '' : text.slice(0, length - 1);
};

/** The most telling piece that a text shares, and where it stands. */
const mostTelling = (text: string, writings: string) =>
  Array.from({ length: text.length }, (_, start) => {
    const piece = longestBeginning(text.slice(start), writings);
    return { piece, start, bits: piece === '' ? 0 : bitsOf(piece) };
  }).reduce((most, next) => (next.bits > most.bits ? next : most), { piece: '', start: 0, bits: 0 });

/** What all pieces together tell, each beyond its place. One that was counted tells nothing a second time. */
const sharedBits = (text: string, writings: string): number => {
  const counted = new Set<string>();
  const rest = [text];
  let sum = 0;
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    const { piece, start, bits } = mostTelling(part, writings);
    if (bits <= PLACE_BITS) continue;
    if (![...counted].some((other) => other.includes(piece))) sum += bits - PLACE_BITS;
    counted.add(piece);
    rest.push(part.slice(0, start), part.slice(start + piece.length));
  }
  return sum;
};

/**
 * Whether `text` tells of `secret`: by all that it shares with it, in one piece or in many, forwards or backwards, in
 * another case, with separators between, in hexadecimal or base 64. Measured in bits and not in characters: eight
 * characters in a row of a key are too many, and so are four pieces of four. Eight hexadecimal digits are what random
 * ids share by chance, so ten are needed of those.
 *
 * @example
 * sharesBytes('prod-1', Buffer.from(key)); // false
 */
export const sharesBytes = (text: string, secret: Uint8Array): boolean => {
  const writings = writingsOf(secret);
  const lowered = writings.toLowerCase();
  return [...new Set([text, withoutSeparators(text)])].some(
    (read) =>
      sharedBits(read, writings) >= TOO_MANY_BITS || sharedBits(read.toLowerCase(), lowered) >= TOO_MANY_BITS,
  );
};
