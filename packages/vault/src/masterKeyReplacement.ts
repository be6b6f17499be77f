import { requireOwnWay } from '@keyturn/sqlite';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname } from 'node:path';
import { errnoOf, fromFileSystem } from './fileFaults';
import { formatMasterKeys } from './masterKeyLines';

const syncPath = (path: string): void => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** The services that read the file may run as another user than who rotates, or read it as its group. */
const keepOwner = (file: number, { uid, gid, mode }: Stats): void => {
  const now = fstatSync(file);
  if (now.uid !== uid || now.gid !== gid) fchownSync(file, uid, gid);
  fchmodSync(file, mode & 0o740);
};

const replace = (path: string, before: Stats | null, content: Buffer): void => {
  // One name, so that a killed process leaves no more than one, which the next one takes away.
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeFileSync(file, content);
    if (before !== null) keepOwner(file, before);
    fsyncSync(file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncPath(dirname(path));
};

const realFile = (path: string): string | null => {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/**
 * Gives a master key's file these keys, whole or not at all, durable on return; owner and mode stay. A link is
 * followed. Of several processes one at a time may do so. Throws `not-writable`, `unavailable`.
 */
export const replaceMasterKeysNow = (path: string, keys: ReadonlyArray<Buffer>): void => {
  const content = formatMasterKeys(keys);
  try {
    requireOwnWay(dirname(path));
    const real = realFile(path);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    replace(real ?? path, real === null ? null : statSync(real), content);
  } catch (error) {
    throw fromFileSystem(error, `replace the master key's file ${path}`);
  } finally {
    content.fill(0);
  }
};

/** For a file that a killed process may have replaced just before. Throws `not-writable`, `unavailable`. */
export const makeDurableNow = (path: string): void => {
  try {
    const real = realpathSync(path);
    syncPath(real);
    syncPath(dirname(real));
  } catch (error) {
    throw fromFileSystem(error, `make the master key's file ${path} durable`);
  }
};
