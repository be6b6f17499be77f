/** A page of a table's rows that has rows, as SQLite's file format has it (https://www.sqlite.org/fileformat2.html). */
export interface LeafPage {
  /** The bytes of the page that its own tree may use. */
  readonly usable: number;
  /** How many of them no row takes. */
  readonly free: number;
  /** The first row, wherever on the page. */
  readonly row: {
    readonly id: number;
    /** How many bytes its values take with their header, also those that lie on other pages. */
    readonly payload: number;
    readonly at: number;
  };
}

/** What a page is read by. */
export interface PageShape {
  readonly size: number;
  /** Bytes at the end of each page that SQLite leaves alone. */
  readonly reserved: number;
}

const TABLE_LEAF = 0x0d;
const HEADER_BYTES = 8;
const POINTER_BYTES = 2;
const FREE_BLOCK_HEADER = 4;
/** A row can fill its page but for so many bytes when it is alone there: less than a piece that is searched for. */
const LEFT_BY_ONE = 20;
const NOTHING = Buffer.alloc(1 << 16);

/** Of a database, by the beginning of its file. */
export const shapeOf = (beginning: Buffer): PageShape => {
  const size = beginning.readUInt16BE(16);
  return { size: size === 1 ? 1 << 16 : size, reserved: beginning.readUInt8(20) };
};

/** Where the page's own header begins: the first page has that of the file before it. */
const headerAt = (number: number): number => (number === 1 ? 100 : 0);

const isZero = (page: Buffer, from: number, to: number): boolean =>
  from >= to || NOTHING.compare(page, from, to, 0, to - from) === 0;

/** The free blocks between rows; null where they are no list that goes forward. */
const freeBlocks = (
  page: Buffer,
  first: number,
): ReadonlyArray<readonly [at: number, size: number]> | null => {
  const blocks: Array<readonly [number, number]> = [];
  for (let at = first; at !== 0;) {
    if (at + FREE_BLOCK_HEADER > page.length) return null;
    const [next, size] = [page.readUInt16BE(at), page.readUInt16BE(at + 2)];
    if ((next !== 0 && next <= at) || at + size > page.length) return null;
    blocks.push([at, size]);
    at = next;
  }
  return blocks;
};

const regionsOf = (page: Buffer, number: number) => {
  const header = headerAt(number);
  if (page.length < header + HEADER_BYTES || page.readUInt8(header) !== TABLE_LEAF) return null;
  const rows = page.readUInt16BE(header + 3);
  const begins = header + HEADER_BYTES + POINTER_BYTES * rows;
  const content = page.readUInt16BE(header + 5) || 1 << 16;
  const blocks = freeBlocks(page, page.readUInt16BE(header + 1));
  if (blocks === null || content < begins || content > page.length) return null;
  return { header, rows, begins, content, blocks };
};

/**
 * Whether bytes that no row takes are other than zero. SQLite zeroes a row where it is deleted (`secure_delete`), not
 * what is left where it moved rows between pages. Pages of other things than rows have nothing sealed.
 */
export const hasRemnants = (page: Buffer, number: number): boolean => {
  const regions = regionsOf(page, number);
  if (regions === null) return false;
  const { rows, begins, content, blocks } = regions;
  return (
    !isZero(page, begins + (rows === 1 ? LEFT_BY_ONE : 0), content) ||
    blocks.some(([at, size]) => !isZero(page, at + FREE_BLOCK_HEADER, at + size))
  );
};

/** Gives the value and where it ends. */
const varintAt = (page: Buffer, start: number): readonly [value: number, end: number] => {
  let value = 0;
  for (let at = start; at < start + 8; at += 1) {
    const byte = page.readUInt8(at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + 1];
  }
  return [value * 256 + page.readUInt8(start + 8), start + 9];
};

/** Null for any other page, and for one without rows. */
export const leafPageOf = (page: Buffer, number: number, { reserved }: PageShape): LeafPage | null => {
  const regions = regionsOf(page, number);
  if (regions === null || regions.rows === 0) return null;
  const { header, begins, content, blocks } = regions;
  const at = page.readUInt16BE(header + HEADER_BYTES);
  const [payload, end] = varintAt(page, at);
  return {
    usable: page.length - reserved,
    free: content - begins + blocks.reduce((sum, [, size]) => sum + size, 0) + page.readUInt8(header + 7),
    row: { id: varintAt(page, end)[0], payload, at },
  };
};
