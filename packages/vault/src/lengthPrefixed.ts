/** A part of a message that is authenticated or sealed: text is taken as UTF-8. */
export type Part = string | Uint8Array;

/**
 * The text as UTF-8; null where it is not well-formed Unicode. Lone surrogates all become the same replacement
 * character: two different texts would count as one.
 */
export const utf8 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.toString('utf8') === text ? bytes : null;
};

const asBytes = (part: Part): Uint8Array => {
  if (typeof part !== 'string') {
    return part;
  }
  const bytes = utf8(part);
  if (bytes === null) {
    throw new RangeError('text that is not well-formed Unicode can not be bound to a secret');
  }
  return bytes;
};

const u32be = (n: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32BE(n);
  return out;
};

/**
 * LP(x) = u32be(length of x) ‖ x, as two pieces, so that a secret part is not copied. Without the lengths, `ab`‖`c` and
 * `a`‖`bc` would be the same message.
 */
export const lengthPrefixed = (part: Part): readonly [length: Uint8Array, bytes: Uint8Array] => {
  const bytes = asBytes(part);
  return [u32be(bytes.length), bytes];
};
