import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { bytesOf } from './secretSearch';

/**
 * Reads a file, with nothing of it left in the memory that Node's small buffers share: that is searched for secrets,
 * and what a test itself had left there would be found.
 */
export const readUnshared = (path: string): Buffer => {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(fstatSync(file).size);
    for (let end = 0; end < bytes.length;) {
      const count = readSync(file, bytes, end, bytes.length - end, null);
      if (count === 0) break;
      end += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
};

/** Writes a file in the same way. */
export const writeUnshared = (path: string, text: string, mode: number): void =>
  writeFileSync(path, bytesOf(text), { mode });
