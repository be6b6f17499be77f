import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, readdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../errorCode';
import { fullPath } from '../input/fullPath';
import { UsageError } from '../problems';
import { writeWholeFile } from './wholeFile';

/** A file of a new directory. */
interface WrittenFile {
  /** Below the directory, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** As `sha256sum --check` reads it. */
export const SUMS = 'SHA256SUMS';

export interface NewDirectory {
  readonly path: string;
  readonly write: (path: string, content: string | AsyncIterable<string>) => Promise<void>;
  /** Writes the digests of all files, last of all: a directory without them is not whole. */
  readonly end: () => Promise<ReadonlyArray<WrittenFile>>;
}

const isEmpty = async (path: string): Promise<boolean> => (await readdir(path)).length === 0;

/** A directory itself, of who runs this, which nobody else may read or change. */
const isPrivate = async (path: string): Promise<boolean> => {
  const { mode, uid } = await lstat(path);
  const isDirectory = (mode & constants.S_IFMT) === constants.S_IFDIR;
  return isDirectory && (process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0));
};

/**
 * Begins a directory for its owner alone, which is not there yet, or empty.
 *
 * @param option - what the path was given for, such as `--out`
 * @throws UsageError where something is in it, others may get at it, or it can't be written
 */
export const newDirectory = async (option: string, given: string, cwd: string): Promise<NewDirectory> => {
  const path = fullPath(option, given, cwd);
  const files: WrittenFile[] = [];

  const orUsage = async <A>(work: () => Promise<A>): Promise<A> => {
    try {
      return await work();
    } catch (error) {
      if (typeof error !== 'object' || error === null || !('syscall' in error)) throw error;
      throw new UsageError(`${option}: ${path} can not be written (${codeOf(error)}).`);
    }
  };

  const put = async (name: string, use: (file: FileHandle) => Promise<void>): Promise<void> => {
    const whole = join(path, name);
    await mkdir(dirname(whole), { recursive: true, mode: 0o700 });
    await writeWholeFile(whole, use);
  };

  await orUsage(() => mkdir(path, { recursive: true, mode: 0o700 }));
  if (!(await orUsage(() => isPrivate(path)))) {
    throw new UsageError(
      `${option}: ${path} is not a directory of yours alone, and nothing was written. ` +
        'Name a new place, or take the rights of others away (chmod 700).',
    );
  }
  if (!(await orUsage(() => isEmpty(path)))) {
    throw new UsageError(`${option}: ${path} is not empty, and nothing was written. Name an empty place.`);
  }

  return {
    path,
    write: (name, content) =>
      orUsage(() =>
        put(name, async (file) => {
          const hash = createHash('sha256');
          let bytes = 0;
          for await (const part of typeof content === 'string' ? [content] : content) {
            await file.writeFile(part);
            hash.update(part);
            bytes += Buffer.byteLength(part);
          }
          files.push({ path: name, bytes, sha256: hash.digest('hex') });
        }),
      ),
    end: () =>
      orUsage(async () => {
        const sums = files.map(({ path: name, sha256 }) => `${sha256}  ${name}\n`).join('');
        await put(SUMS, (file) => file.writeFile(sums));
        return files;
      }),
  };
};
