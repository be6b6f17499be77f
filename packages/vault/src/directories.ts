import { mkdir, open } from 'node:fs/promises';
import { requireOwnWay } from '@keyturn/sqlite';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import { fromFileSystem } from './fileFaults';

/**
 * Makes a directory, and those above it, for its owner alone; one that is there is left as it is, and refused where it
 * or one above it belongs to another user.
 */
export const ensureDirectory = (path: string): TE.TaskEither<VaultFault, void> =>
  TE.tryCatch(
    async () => {
      requireOwnWay(path);
      await mkdir(path, { recursive: true, mode: 0o700 });
    },
    (error) => fromFileSystem(error, `create the directory ${path}`),
  );

/** Makes a file's name in its directory durable; `fsync` on the file alone does not. */
export const syncDirectory = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
