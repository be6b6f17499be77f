import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Connection } from './connection';

const CHUNK_BYTES = 1 << 20;
const SAMPLE_BYTES = 24;
/** What a piece is looked up by; no piece is shorter. */
const BEGINNING_BYTES = 4;
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

/**
 * Looks for all pieces in one pass, however many: nearly every place is passed over for its first two bytes, and the
 * others are looked up by their first four.
 */
const finderOf = (values: ReadonlyArray<ReadonlyArray<Buffer>>): Finder => {
  const begins = new Uint8Array(1 << 16);
  const byBeginning = new Map<number, Array<{ readonly piece: Buffer; readonly value: number }>>();
  values.forEach((pieces, value) => {
    for (const piece of pieces) {
      begins[piece.readUInt16LE(0)] = 1;
      const beginning = piece.readUInt32LE(0);
      byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), { piece, value }]);
    }
  });
  return (content, found) => {
    for (let at = 0; at + BEGINNING_BYTES <= content.length; at += 1) {
      if (begins[content.readUInt16LE(at)] !== 1) continue;
      for (const { piece, value } of byBeginning.get(content.readUInt32LE(at)) ?? []) {
        if (content.subarray(at, at + piece.length).equals(piece)) found.add(value);
      }
    }
  };
};

/**
 * By path, and never closed: a process that closes any handle of a file lets go of all locks that it has on it (POSIX),
 * and so of those of SQLite's connections.
 */
const readers = new Map<string, number>();

const isStill = (reader: number, path: string): boolean => {
  const [open, there] = [fstatSync(reader), statSync(path)];
  return open.ino === there.ino && open.dev === there.dev;
};

const readerOf = ({ file: name }: Connection): number => {
  const known = readers.get(name);
  if (known !== undefined && isStill(known, name)) return known;
  const reader = openSync(name, 'r');
  readers.set(name, reader);
  return reader;
};

/** Gives how many bytes the file has. */
const searchOpen = (file: number, find: Finder, found: Set<number>): number => {
  const window = Buffer.alloc(CHUNK_BYTES + SAMPLE_BYTES);
  let [bytes, kept] = [0, 0];
  for (;;) {
    const read = readSync(file, window, kept, CHUNK_BYTES, bytes);
    if (read === 0) return bytes;
    bytes += read;
    const content = window.subarray(0, kept + read);
    find(content, found);
    kept = Math.min(SAMPLE_BYTES - 1, content.length);
    window.copyWithin(0, content.length - kept, content.length);
  }
};

/** A log: SQLite holds no locks on it. */
const searchLog = (path: string, find: Finder, found: Set<number>): number => {
  const file = openSync(path, 'r');
  try {
    return searchOpen(file, find, found);
  } finally {
    closeSync(file);
  }
};

/**
 * Reads the files of these databases, write-ahead logs included, byte by byte as they lie on the disk, and looks for
 * the samples of each value: pieces of 4 to 24 bytes.
 */
export const searchFiles = (
  databases: ReadonlyArray<Connection>,
  values: ReadonlyArray<ReadonlyArray<Buffer>>,
): Searched => {
  const find = finderOf(values);
  const found = new Set<number>();
  const sizes = databases.flatMap((db) => [
    searchOpen(readerOf(db), find, found),
    ...['-wal', '-journal']
      .map((end) => `${db.file}${end}`)
      .filter((path) => existsSync(path))
      .map((path) => searchLog(path, find, found)),
  ]);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), found };
};
