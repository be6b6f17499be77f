import { isUnsafeFile, requireOwner, requireOwnWay } from '@keyturn/sqlite';
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { faultError } from '../../errors';
import { codeOf } from '../errorCode';
import { SetupFault } from '../setupFault';

/** What is known of a file's content. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

const CHUNK = 1024 * 1024;

/** Does some work with files; what is unsafe about them, and what the system says, becomes a fault of ours. */
export const withFiles = async <A>(doing: string, work: () => Promise<A>): Promise<A> => {
  try {
    return await work();
  } catch (cause) {
    if (isUnsafeFile(cause)) throw faultError('unsafe-files', 'set-up', `${cause.message}.`, cause);
    const isSystem = typeof cause === 'object' && cause !== null && 'syscall' in cause;
    if (!isSystem) throw cause;
    throw new SetupFault(
      'not-writable',
      `${doing} failed (${codeOf(cause)}): see to permissions and space.`,
      {
        cause,
      },
    );
  }
};

const statusOf = async (path: string): Promise<Stats | null> => {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/** A directory that is ours, and no link. */
export const requireOwnDirectory = async (path: string): Promise<void> => {
  requireOwnWay(path);
  const status = await statusOf(path);
  if (status === null || status.isDirectory()) return;
  throw faultError(
    'unsafe-files',
    'set-up',
    `${path} is a link, or no directory. Name the directory itself.`,
  );
};

/** There while a directory is filled. Of two that would fill the same one, the second is refused before it writes. */
const BEING_FILLED = '.being-filled';

const notEmpty = (path: string): SetupFault =>
  new SetupFault('place-not-empty', `${path} is not empty, and nothing was written. Name an empty place.`);

const claim = async (path: string): Promise<string> => {
  const claimed = join(path, BEING_FILLED);
  if ((await readdir(path)).length > 0) throw notEmpty(path);
  try {
    await (await open(claimed, 'wx', 0o600)).close();
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? notEmpty(path) : error;
  }
  // Another one may have filled it, and gone, between the first look and the claim.
  if ((await readdir(path)).length === 1) return claimed;
  await rm(claimed);
  throw notEmpty(path);
};

/** Empties a directory that was empty before. */
const emptyAgain = async (path: string): Promise<void> => {
  for (const name of await readdir(path)) await rm(join(path, name), { recursive: true, force: true });
};

/**
 * Makes a directory for its owner alone, and fills it. One that is there has to be empty, and to belong to us. It is
 * empty again when filling it fails.
 *
 * @throws SetupFault `place-not-empty`; KeyturnFault `unsafe-files`
 */
export const fillDirectory = async <A>(path: string, fill: () => Promise<A>): Promise<A> => {
  await requireOwnDirectory(path);
  await mkdir(path, { recursive: true, mode: 0o700 });
  const claimed = await claim(path);
  try {
    await chmod(path, 0o700);
    const filled = await fill();
    await rm(claimed);
    await syncNames(path);
    return filled;
  } catch (error) {
    await emptyAgain(path).catch(() => undefined);
    throw error;
  }
};

/** Opens a plain file of ours, and no link, for reading. */
const openOwn = async (path: string): Promise<FileHandle> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    if (codeOf(error) !== 'ELOOP') throw error;
    throw faultError(
      'unsafe-files',
      'set-up',
      `${path} is a symbolic link, and none is followed here.`,
      error,
    );
  });
  try {
    const status = await file.stat();
    requireOwner(path, status);
    if (status.isFile()) return file;
    throw faultError('unsafe-files', 'set-up', `${path} is no plain file.`);
  } catch (error) {
    await file.close();
    throw error;
  }
};

const readThrough = async (
  file: FileHandle,
  use: (chunk: Buffer) => Promise<unknown>,
): Promise<FileDigest> => {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(CHUNK);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, CHUNK, null);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await use(chunk);
    bytes += bytesRead;
  }
};

/** Makes a file durable, and gives the digest of what is in it. */
export const sealedOff = async (path: string): Promise<FileDigest> => {
  const file = await openOwn(path);
  try {
    await file.sync();
    return await readThrough(file, () => Promise.resolve());
  } finally {
    await file.close();
  }
};

/** Copies a plain file of ours to where none is, durably and for its owner alone. Gives the digest of the copy. */
export const copyPrivately = async (from: string, to: string): Promise<FileDigest> => {
  const source = await openOwn(from);
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      const digest = await readThrough(source, (chunk) => target.writeFile(chunk));
      await target.chmod(0o600);
      await target.sync();
      return digest;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

/** Reads a small plain file of ours; null where there is none. */
export const readSmall = async (path: string, most: number): Promise<string | null> => {
  if ((await statusOf(path)) === null) return null;
  const file = await openOwn(path);
  try {
    const { size } = await file.stat();
    return size > most ? null : await file.readFile('utf8');
  } finally {
    await file.close();
  }
};

/** Writes a small new file, durably and for its owner alone. */
export const writeSmall = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Makes the names in a directory durable, and that of the directory itself. */
export const syncNames = async (path: string): Promise<void> => {
  for (const one of [path, dirname(path)]) {
    const directory = await open(one, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
};
