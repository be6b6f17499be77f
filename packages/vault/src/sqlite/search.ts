import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Connection } from './connection';

const CHUNK_BYTES = 1 << 20;
const SAMPLE_BYTES = 24;
/** Version, algorithm and key id, which values sealed under one key share. */
const HEADER_BYTES = 10;

/** What a search came to. */
export interface Searched {
  readonly files: number;
  readonly bytes: number;
  /** Whether any of the samples lies in a file. */
  readonly found: boolean;
}

/**
 * Three pieces that tell a sealed value from every other: of its beginning, its middle and its end. None of a value that is
 * too short to be one: it was damaged, and a piece of it would be found anywhere.
 */
export const samplesOf = (sealed: Buffer): ReadonlyArray<Buffer> =>
  sealed.length < HEADER_BYTES + SAMPLE_BYTES
    ? []
    : [HEADER_BYTES, (sealed.length - SAMPLE_BYTES) >> 1, sealed.length - SAMPLE_BYTES].map((start) =>
        Buffer.from(sealed.subarray(start, start + SAMPLE_BYTES)),
      );

/**
 * By path, and never closed: a process that closes any handle of a file lets go of all locks that it has on it (POSIX), and
 * so of those of SQLite's connections.
 */
const readers = new Map<string, number>();

const isStill = (reader: number, path: string): boolean => {
  const [open, there] = [fstatSync(reader), statSync(path)];
  return open.ino === there.ino && open.dev === there.dev;
};

const readerOf = ({ name }: Connection): number => {
  const known = readers.get(name);
  if (known !== undefined && isStill(known, name)) return known;
  const reader = openSync(name, 'r');
  readers.set(name, reader);
  return reader;
};

interface SearchedFile {
  readonly bytes: number;
  readonly found: boolean;
}

const searchOpen = (file: number, samples: ReadonlyArray<Buffer>): SearchedFile => {
  const window = Buffer.alloc(CHUNK_BYTES + SAMPLE_BYTES);
  let [bytes, kept] = [0, 0];
  for (;;) {
    const read = readSync(file, window, kept, CHUNK_BYTES, bytes);
    if (read === 0) return { bytes, found: false };
    bytes += read;
    const content = window.subarray(0, kept + read);
    if (samples.some((sample) => content.includes(sample))) return { bytes, found: true };
    kept = Math.min(SAMPLE_BYTES - 1, content.length);
    window.copyWithin(0, content.length - kept, content.length);
  }
};

/** A log: SQLite holds no locks on it. */
const searchLog = (path: string, samples: ReadonlyArray<Buffer>): SearchedFile => {
  const file = openSync(path, 'r');
  try {
    return searchOpen(file, samples);
  } finally {
    closeSync(file);
  }
};

/** Reads the files of these databases, write-ahead logs included, byte by byte as they lie on the disk. */
export const searchFiles = (
  databases: ReadonlyArray<Connection>,
  samples: ReadonlyArray<Buffer>,
): Searched => {
  const searched = databases.flatMap((db) => [
    searchOpen(readerOf(db), samples),
    ...['-wal', '-journal']
      .map((end) => `${db.name}${end}`)
      .filter((path) => existsSync(path))
      .map((path) => searchLog(path, samples)),
  ]);
  return {
    files: searched.length,
    bytes: searched.reduce((sum, { bytes }) => sum + bytes, 0),
    found: searched.some(({ found }) => found),
  };
};
