import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../errorCode';

/** What a file system without hard links says. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Gives a file its name, which nothing has yet: `rename` alone would take the place of what is there. */
const named = async (coming: string, path: string): Promise<void> => {
  try {
    await link(coming, path);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
    const isThere = await lstat(path).then(
      () => true,
      () => false,
    );
    if (isThere) throw Object.assign(new Error(`${path} is there already`), { code: 'EEXIST' });
    await rename(coming, path);
  }
};

/**
 * Writes a new file for its owner alone, which has its name once it is whole: who is killed on the way leaves a part of
 * it under another name (`.keyturn-….partial`), and none that could be taken for it. What is there stays as it is.
 */
export const writeWholeFile = async (
  path: string,
  use: (file: FileHandle) => Promise<void>,
): Promise<void> => {
  const coming = join(dirname(path), `.keyturn-${randomBytes(8).toString('hex')}.partial`);
  const file = await open(coming, 'wx', 0o600);
  try {
    try {
      await use(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await named(coming, path);
  } finally {
    await rm(coming, { force: true });
  }
};
