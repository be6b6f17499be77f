import { closeSync, existsSync, openSync, read } from 'node:fs';
import type { Connection } from './connection';
import { hasRemnants, shapeOf } from './leafPage';
import { readerOf } from './readers';

const readSome = (
  file: number,
  into: Buffer,
  offset: number,
  length: number,
  position: number,
): Promise<number> =>
  new Promise((done, failed) => {
    read(file, into, offset, length, position, (error, bytes) =>
      error === null ? done(bytes) : failed(error),
    );
  });

/** Pages of every size divide it. Between two of them others go on. */
const CHUNK_BYTES = 1 << 18;
const SAMPLE_BYTES = 24;
/** What a piece is looked up by; no piece is shorter. */
const WINDOW_BYTES = 4;
const MOST_STRIDE = 16;
/** So many samples a whole value has. */
export const PIECES = 3;
/** Version, algorithm and key id, which values sealed under one key share. */
const HEADER_BYTES = 10;

/** What a search came to. */
export interface Searched {
  readonly files: number;
  readonly bytes: number;
  /** The values, by their places in what was searched for, of which a piece lies in a file. */
  readonly found: ReadonlySet<number>;
  /** By the place of their database: pages of rows with bytes that no row takes, and that are not zero. */
  readonly withRemnants: ReadonlyArray<ReadonlyArray<number>>;
}

const isOneByte = (piece: Buffer): boolean => piece.every((byte) => byte === piece[0]);

/**
 * Three pieces that tell a sealed value from every other: of its beginning, its middle and its end. None of a value
 * that is too short to be one, nor a piece that was zeroed: it was damaged, and would be found anywhere.
 */
export const samplesOf = (sealed: Buffer): ReadonlyArray<Buffer> =>
  sealed.length < HEADER_BYTES + SAMPLE_BYTES
    ? []
    : [HEADER_BYTES, (sealed.length - SAMPLE_BYTES) >> 1, sealed.length - SAMPLE_BYTES]
        .map((start) => Buffer.from(sealed.subarray(start, start + SAMPLE_BYTES)))
        .filter((piece) => !isOneByte(piece));

/** Notes in which of the values, by their places, a part of a file has a piece. */
type Finder = (content: Buffer, found: Set<number>) => void;

interface Piece {
  readonly bytes: Buffer;
  /** The place of its value. */
  readonly value: number;
  /** Where in it what it is looked up by begins. */
  readonly from: number;
}

/**
 * Looks for all pieces in one pass, however many. Not every place is looked at, but as many as each piece has one of
 * wherever it lies; nearly all are passed over for two bytes, and the others are looked up by four.
 */
export const finderOf = (values: ReadonlyArray<ReadonlyArray<Buffer>>): Finder => {
  const stride = Math.min(MOST_STRIDE, ...values.flat().map(({ length }) => length - WINDOW_BYTES + 1));
  const begins = new Uint8Array(1 << 16);
  const byWindow = new Map<number, Array<Piece>>();
  for (const [value, pieces] of values.entries()) {
    for (const bytes of pieces) {
      for (let from = 0; from < stride; from += 1) {
        begins[bytes.readUInt16LE(from)] = 1;
        const window = bytes.readUInt32LE(from);
        const others = byWindow.get(window);
        if (others === undefined) byWindow.set(window, [{ bytes, value, from }]);
        else others.push({ bytes, value, from });
      }
    }
  }
  return (content, found) => {
    for (let at = 0; at + WINDOW_BYTES <= content.length; at += stride) {
      if (begins[content.readUInt16LE(at)] !== 1) continue;
      for (const { bytes, value, from } of byWindow.get(content.readUInt32LE(at)) ?? []) {
        const start = at - from;
        if (start >= 0 && content.subarray(start, start + bytes.length).equals(bytes)) found.add(value);
      }
    }
  };
};

type Look = (content: Buffer, at: number) => void;

/**
 * Reads a part after the other, so that others go on between two; gives how many bytes the file has. `look` sees each
 * part by itself, with its place in the file.
 */
const searchOpen = async (
  file: number,
  find: Finder,
  found: Set<number>,
  look: Look = () => undefined,
): Promise<number> => {
  const window = Buffer.alloc(CHUNK_BYTES + SAMPLE_BYTES);
  let [bytes, kept] = [0, 0];
  for (;;) {
    const bytesRead = await readSome(file, window, kept, CHUNK_BYTES, bytes);
    if (bytesRead === 0) return bytes;
    const content = window.subarray(0, kept + bytesRead);
    look(content.subarray(kept), bytes);
    find(content, found);
    bytes += bytesRead;
    kept = Math.min(SAMPLE_BYTES - 1, content.length);
    window.copyWithin(0, content.length - kept, content.length);
  }
};

/** A log: SQLite holds no locks on it. */
const searchLog = async (path: string, find: Finder, found: Set<number>): Promise<number> => {
  const file = openSync(path, 'r');
  try {
    return await searchOpen(file, find, found);
  } finally {
    closeSync(file);
  }
};

/** Notes the pages of a database's file that have remnants. A part of the file begins with a page. */
const remnantsIn = (pages: Array<number>): Look => {
  let size = 0;
  return (content, at) => {
    if (at === 0 && content.length >= 100) ({ size } = shapeOf(content));
    for (let start = 0; size > 0 && start + size <= content.length; start += size) {
      const number = (at + start) / size + 1;
      if (hasRemnants(content.subarray(start, start + size), number)) pages.push(number);
    }
  };
};

/**
 * Reads the files of these databases, write-ahead logs included, byte by byte as they lie on the disk, and looks for
 * the samples of each value: pieces of 4 to 24 bytes. What is to be found of a value that no row has any more has to be
 * in a database's own file by now: its log was emptied since.
 */
export const searchFiles = async (
  databases: ReadonlyArray<Connection>,
  values: ReadonlyArray<ReadonlyArray<Buffer>>,
): Promise<Searched> => {
  const find = finderOf(values);
  const found = new Set<number>();
  const withRemnants = databases.map((): Array<number> => []);
  const sizes: Array<number> = [];
  for (const [place, db] of databases.entries()) {
    sizes.push(await searchOpen(readerOf(db), find, found, remnantsIn(withRemnants[place] ?? [])));
    for (const path of ['-wal', '-journal']
      .map((end) => `${db.file}${end}`)
      .filter((each) => existsSync(each)))
      sizes.push(await searchLog(path, find, found));
  }
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), found, withRemnants };
};
