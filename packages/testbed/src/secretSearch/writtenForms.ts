/** A secret to be looked for. */
export interface SearchedSecret {
  /** Names it in what was found; never anything of its content. */
  readonly name: string;
  readonly content: string | Uint8Array;
  /**
   * Parts that every secret of its kind has, such as a vendor's prefix: from, up to. Windows that touch one don't
   * count.
   */
  readonly fixed?: ReadonlyArray<readonly [number, number]>;
  /**
   * How many bytes of it in a row are too many; 8 when left out. More for secrets of a small alphabet, such as
   * hexadecimal digits, of which 8 in a row stand in some id by chance.
   */
  readonly window?: number;
}

/** A way in which a secret can be written, and each of its windows in it. */
export interface WrittenForm {
  readonly name: string;
  readonly bytes: Buffer;
  /** Where each window lies in `bytes`: from, up to. */
  readonly windows: ReadonlyArray<readonly [number, number]>;
}

/** Not from Node's shared pool, in which this search could then find what it wrote itself. */
export const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Buffer => {
  const bytes = Buffer.alloc(Buffer.byteLength(text, encoding));
  bytes.write(text, encoding);
  return bytes;
};

const BASE64_BITS = 6;

/** The characters of a base64 text that the window alone determines, `shift` bytes into a group of three. */
const base64Window = (from: number, to: number, shift: number): readonly [number, number] => [
  Math.ceil(((from + shift) * 8) / BASE64_BITS),
  Math.floor(((to + shift) * 8) / BASE64_BITS),
];

/** The forms that take as many bytes for every byte of the secret. */
const evenForms = (bytes: Buffer): ReadonlyArray<readonly [string, Buffer, number]> => {
  const latin1 = bytes.toString('latin1');
  const little = bytesOf(latin1, 'utf16le');
  const hex = bytes.toString('hex');
  return [
    ['in clear', bytes, 1],
    ['in UTF-16', little, 2],
    ['in UTF-16, big end first', Buffer.alloc(little.length, little).swap16(), 2],
    ['in hexadecimal', bytesOf(hex), 2],
    ['in hexadecimal capitals', bytesOf(hex.toUpperCase()), 2],
  ];
};

/**
 * Every way in which a secret is looked for: in clear, reversed, in UTF-16, in hexadecimal of both cases, in base64 of
 * both alphabets at each of the three alignments. What is escaped or listed as numbers is read back first, by
 * `readings`.
 */
export const writtenForms = ({
  content,
  fixed = [],
  window = 8,
}: SearchedSecret): ReadonlyArray<WrittenForm> => {
  const bytes = typeof content === 'string' ? bytesOf(content, 'latin1') : Buffer.alloc(content.length);
  if (typeof content !== 'string') bytes.set(content);
  const windows = Array.from({ length: Math.max(0, bytes.length - window + 1) }, (_, from) => from)
    .filter((from) => fixed.every(([start, end]) => from + window <= start || from >= end))
    .map((from) => [from, from + window] as const);
  const reversed = Buffer.alloc(bytes.length, bytes).reverse();
  const mirrored = windows.map(([from, to]) => [bytes.length - to, bytes.length - from] as const);
  const base64 = [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.alloc(bytes.length + shift);
    shifted.set(bytes, shift);
    const text = shifted.toString('base64');
    const ends = windows.map(([from, to]) => base64Window(from, to, shift));
    return [
      { name: 'in base64', bytes: bytesOf(text), windows: ends },
      { name: 'in base64url', bytes: bytesOf(text.replace(/\+/g, '-').replace(/\//g, '_')), windows: ends },
    ];
  });
  return [
    ...evenForms(bytes).map(([name, form, width]) => ({
      name,
      bytes: form,
      windows: windows.map(([from, to]) => [from * width, to * width] as const),
    })),
    { name: 'reversed', bytes: reversed, windows: mirrored },
    ...base64,
  ];
};
