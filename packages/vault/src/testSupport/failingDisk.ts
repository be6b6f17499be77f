import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { tempDirectory } from './tempDirectory';

const canSync = (u: unknown): u is { sync: () => Promise<void> } =>
  typeof u === 'object' && u !== null && 'sync' in u && typeof u.sync === 'function';

/**
 * Has the next flush of a file or directory fail, as a broken disk's does; `lose` takes away what the disk has lost.
 * For `jest.restoreAllMocks()` to take back.
 */
export const failNextFlush = async (lose: () => void = () => undefined): Promise<void> => {
  const handle = await open(join(tempDirectory(), 'any'), 'w');
  const prototype: unknown = Object.getPrototypeOf(handle);
  await handle.close();
  if (!canSync(prototype)) throw new Error('a file handle has no sync()');
  jest.spyOn(prototype, 'sync').mockImplementationOnce(() => {
    lose();
    return Promise.reject(Object.assign(new Error('failed'), { code: 'EIO' }));
  });
};
