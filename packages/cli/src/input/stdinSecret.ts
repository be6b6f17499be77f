import { read } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_SECRET_BYTES, refuse } from '@keyturn/domain';
import { Refused } from '../problems';

/** More than any key with what may surround it; one byte beyond tells that there is more. */
const LARGEST = 8_192;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;

const readOnce = (fd: number, into: Buffer, at: number): Promise<number> =>
  new Promise((resolve, reject) => {
    read(fd, into, at, into.length - at, null, (error, count) => {
      if (error === null) resolve(count);
      // A pipe that another process made non-blocking: nothing there yet.
      else if (error.code === 'EAGAIN') resolve(delay(10).then(() => readOnce(fd, into, at)));
      else if (error.code === 'EOF') resolve(0);
      else reject(error);
    });
  });

const lengthWithoutLineEnd = (bytes: Buffer, length: number): number => {
  if (bytes[length - 1] !== NEW_LINE) return length;
  return bytes[length - 2] === RETURN ? length - 2 : length - 1;
};

/**
 * Reads a pasted key from a file descriptor to its end, or as far as no key can reach. One final line end is not counted
 * as part of it.
 *
 * Rejects with the refusals `paste-too-long` and `paste-not-text`.
 */
export const readPaste = async (fd: number): Promise<string> => {
  const bytes = Buffer.alloc(LARGEST + 1);
  try {
    let length = 0;
    for (;;) {
      const count = await readOnce(fd, bytes, length);
      length += count;
      if (length > LARGEST) {
        throw new Refused(refuse('paste-too-long', { bytes: null, maxBytes: MAX_SECRET_BYTES }));
      }
      if (count === 0) break;
    }
    return textOf(bytes.subarray(0, lengthWithoutLineEnd(bytes, length)));
  } finally {
    bytes.fill(0);
  }
};

const textOf = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(
      refuse('paste-not-text', { findings: ['bytes that are not text (not UTF-8)'], cleanable: false }),
    );
  }
};
