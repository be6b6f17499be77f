import { read } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../errorCode';
import { UsageError } from '../problems';

/** More than any key with what may surround it; one byte beyond it, and the paste is refused for its length. */
const LARGEST = 8_192;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;

/** Something is there in place of a key, such as a directory, or nothing is open. */
const unreadable = (error: NodeJS.ErrnoException): UsageError =>
  new UsageError(`The key can't be read from standard input (${codeOf(error)}). Paste it, or pipe it in.`);

const readOnce = (fd: number, into: Buffer, at: number): Promise<number> =>
  new Promise((resolve, reject) => {
    read(fd, into, at, into.length - at, null, (error, count) => {
      if (error === null) resolve(count);
      // A pipe that another process made non-blocking: nothing there yet.
      else if (error.code === 'EAGAIN') resolve(delay(10).then(() => readOnce(fd, into, at)));
      else if (error.code === 'EOF') resolve(0);
      else reject(unreadable(error));
    });
  });

const lengthWithoutLineEnd = (bytes: Buffer, length: number): number => {
  if (bytes[length - 1] !== NEW_LINE) return length;
  return bytes[length - 2] === RETURN ? length - 2 : length - 1;
};

/**
 * Reads a pasted key from a file descriptor to its end, or as far as no key can reach. One final line end is not
 * counted as part of it. The caller wipes it.
 */
export const readPaste = async (fd: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(LARGEST + 1);
  let length = 0;
  while (length < bytes.length) {
    const count = await readOnce(fd, bytes, length);
    if (count === 0) return bytes.subarray(0, lengthWithoutLineEnd(bytes, length));
    length += count;
  }
  return bytes;
};
