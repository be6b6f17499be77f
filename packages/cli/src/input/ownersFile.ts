import { open } from 'node:fs/promises';
import { codeOf } from '../errorCode';

interface OwnersFile {
  readonly path: string;
  /** What it holds, such as `the passphrase`. */
  readonly holds: string;
  /** The permissions that nobody may have, as bits of a mode. */
  readonly closed: number;
  /** Bytes. */
  readonly most: number;
  /** Named where the file can't be read: the secret itself is given in place of its file now and then. */
  readonly options: string;
  /** Makes the error of a sentence. */
  readonly failed: (message: string) => Error;
}

/** Bytes of a line's end. */
export const LONGEST_LINE_END = 2;

/** How long a line is without the one line end that may follow it. */
export const lengthOfLine = (line: Buffer): number =>
  line.at(-1) !== 0x0a ? line.length : line.at(-2) === 0x0d ? line.length - 2 : line.length - 1;

/** What was refused here, and not by the system. */
class Refused extends Error {}

/**
 * The content of a file with a secret in it; the caller wipes it. A pipe has no owner to ask about.
 *
 * @throws the caller's own error for a file that others can read, that has nothing or too much in it, or can't be read
 */
export const readOwnersFile = async (wanted: OwnersFile): Promise<Buffer> => {
  const { path, holds, closed, most, options, failed } = wanted;
  const bytes = Buffer.alloc(most + 1);
  try {
    const handle = await open(path, 'r');
    try {
      const status = await handle.stat();
      if (status.isFile() && (status.mode & closed) !== 0) {
        throw new Refused(
          `Others than its owner can read ${holds} in ${path}. ` +
            'Run chmod 600 on it, and choose another if it may have been read.',
        );
      }
      let length = 0;
      for (;;) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
        length += bytesRead;
        if (bytesRead === 0 || length === bytes.length) break;
      }
      if (length > most) {
        throw new Refused(`${path} has more than ${most} bytes: that is not ${holds}. Name the right file.`);
      }
      return Buffer.alloc(length, bytes.subarray(0, length));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Refused) throw failed(error.message);
    throw failed(
      `The file with ${holds} can't be read (${codeOf(error)}). Name the right file (${options}).`,
    );
  } finally {
    bytes.fill(0);
  }
};
