import { chmodSync, closeSync, constants, lstatSync, openSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { requireOwnWay } from './directories';
import { requireOwner } from './owners';
import { tellLooseModes } from './tellLooseModes';
import { UnsafeFile } from './unsafeFile';

const OTHERS = 0o077;
const PRIVATE = 0o600;

/** The names that SQLite uses beside a file's own. */
const BESIDE = ['-wal', '-shm', '-journal'];

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/**
 * A file that is there is not opened: to close it again would take the locks from a connection of this process
 * (https://www.sqlite.org/howtocorrupt.html).
 */
const makeFile = (file: string): void => {
  try {
    closeSync(openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, PRIVATE));
    // Whatever the umask.
    chmodSync(file, PRIVATE);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
};

/** Throws an {@link UnsafeFile} for a link. Gives the status of a plain file; null where there is none. */
const plainFile = (path: string): Stats | null => {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isSymbolicLink() === true)
    throw new UnsafeFile(
      `${path} is a symbolic link, and none is followed here: put the file itself there, or name the right place`,
    );
  return status?.isFile() === true ? status : null;
};

/** What SQLite keeps beside a file may go at any moment. */
const makePrivate = (path: string): void => {
  try {
    chmodSync(path, PRIVATE);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
};

const tighten = (path: string, { mode, uid }: Stats): void => {
  const us = process.geteuid?.();
  if (us === undefined || (mode & OTHERS) === 0) return;
  if (us === 0 || us === uid) makePrivate(path);
  tellLooseModes(path, mode, 'others than its owner could reach it until now. It is made private (0600)');
};

/**
 * Sees to it that a database file and what SQLite keeps beside it are ours alone: plain files, never links; of this
 * user or of root, and so is everything on the way to them; with mode 0600. A missing file is made if `create` says
 * so. To be called before SQLite opens the file.
 *
 * @throws UnsafeFile, and what the system says of a file that can't be made or looked at
 *
 * @example
 * preparePrivateFile('/srv/keyturn/events.sqlite', { create: true });
 */
export const preparePrivateFile = (file: string, { create }: { readonly create: boolean }): void => {
  requireOwnWay(dirname(file));
  const there = [file, ...BESIDE.map((end) => `${file}${end}`)].flatMap((path) => {
    const status = plainFile(path);
    if (status !== null) requireOwner(path, status);
    return status === null ? [] : [{ path, status }];
  });
  for (const { path, status } of there) tighten(path, status);
  if (create) makeFile(file);
};

/** For a file that another process keeps, and that is only read here: it is no link. @throws UnsafeFile */
export const requireNoLink = (file: string): void => {
  plainFile(file);
};
