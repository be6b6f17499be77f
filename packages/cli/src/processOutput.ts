import { fstatSync, writeSync } from 'node:fs';
import { codeOf } from './errorCode';
import type { Output } from './io';

const isGone = (error: unknown): boolean => codeOf(error) === 'EPIPE';

/**
 * Standard output or standard error of this process, written to at once. Node's own streams for them take longer to
 * load than a list takes to be read: they are for what can't be written at once, and for terminals.
 */
export const processOutput = (name: 'stdout' | 'stderr', fd: 1 | 2): Output => {
  // From then on all goes that way: nothing may overtake what waits there.
  let waits = false;
  const writeWaiting = (bytes: Uint8Array): Promise<boolean> =>
    new Promise((resolve, reject) => {
      process[name].write(bytes, (error) => {
        if (error === null || error === undefined || isGone(error)) resolve(!isGone(error));
        else reject(error);
      });
    });
  return {
    fd,
    get isTTY() {
      // In bigints: after the other kind, of a pipe, Node takes the next symbolic link that it loads by for a file.
      return fstatSync(fd, { bigint: true }).isCharacterDevice() && process[name].isTTY;
    },
    get columns() {
      // A terminal that does not know its width says 0.
      return this.isTTY ? process[name].columns || undefined : undefined;
    },
    write: async (text) => {
      let rest = Buffer.from(text);
      try {
        while (!waits && rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
      } catch (error) {
        if (isGone(error)) return false;
        // A pipe that is full, and does not block.
        if (codeOf(error) !== 'EAGAIN') throw error;
        waits = true;
        // It is told to who waits for the write.
        process[name].on('error', () => undefined);
      }
      return rest.length === 0 || writeWaiting(rest);
    },
  };
};
