import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { Connection } from './connection';

const CHUNK_BYTES = 1 << 20;
const SAMPLE_BYTES = 24;

/** What a search came to. */
export interface Searched {
  readonly files: number;
  readonly bytes: number;
  /** Whether any of the samples lies in a file. */
  readonly found: boolean;
}

/**
 * Pieces that tell a sealed value from every other: from its beginning (behind the header's key id, which others share),
 * its middle and its end, so that a value which SQLite spread over several pages is known by what is left of it.
 */
export const samplesOf = (sealed: Buffer): ReadonlyArray<Buffer> =>
  [10, (sealed.length - SAMPLE_BYTES) >> 1, sealed.length - SAMPLE_BYTES].map((start) =>
    Buffer.from(sealed.subarray(start, start + SAMPLE_BYTES)),
  );

const searchFile = (
  path: string,
  samples: ReadonlyArray<Buffer>,
): { readonly bytes: number; readonly found: boolean } => {
  const file = openSync(path, 'r');
  try {
    const window = Buffer.alloc(CHUNK_BYTES + SAMPLE_BYTES);
    let [bytes, kept] = [0, 0];
    for (;;) {
      const read = readSync(file, window, kept, CHUNK_BYTES, null);
      if (read === 0) return { bytes, found: false };
      bytes += read;
      const content = window.subarray(0, kept + read);
      if (samples.some((sample) => content.includes(sample))) return { bytes, found: true };
      kept = Math.min(SAMPLE_BYTES - 1, content.length);
      window.copyWithin(0, content.length - kept, content.length);
    }
  } finally {
    closeSync(file);
  }
};

/** Reads the files of these databases, write-ahead logs included, byte by byte as they lie on the disk. */
export const searchFiles = (
  databases: ReadonlyArray<Connection>,
  samples: ReadonlyArray<Buffer>,
): Searched => {
  const paths = databases
    .flatMap(({ name }) => [name, `${name}-wal`, `${name}-journal`])
    .filter((path) => existsSync(path));
  const searched = paths.map((path) => searchFile(path, samples));
  return {
    files: searched.length,
    bytes: searched.reduce((sum, { bytes }) => sum + bytes, 0),
    found: searched.some(({ found }) => found),
  };
};
