import { isUnsafeFile, requireOwner, requireOwnWay } from '@keyturn/sqlite';
import { randomFillSync } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { ensureDirectory, syncDirectory } from './directories';
import { VaultFault } from './faults';
import { errnoOf, fromFileSystem } from './fileFaults';
import { guarded } from './guarded';
import { KEY_BYTES, keyIdOf } from './mac';
import { formatMasterKeys, LARGEST, parseMasterKeys } from './masterKeyLines';

/** What may be shown of a master key: its id, 16 hexadecimal digits, which tells nothing of the key. */
export interface MasterKeyInfo {
  readonly masterKeyId: string;
}

const write = async (path: string, handle: FileHandle, key: Buffer): Promise<void> => {
  const line = formatMasterKeys([key]);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(line);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    line.fill(0);
    await handle.close();
  }
  await syncDirectory(dirname(path));
};

const create = (path: string): TE.TaskEither<VaultFault, MasterKeyInfo> =>
  TE.tryCatch(
    async () => {
      const handle = await open(path, 'wx', 0o600);
      const key = randomFillSync(Buffer.alloc(KEY_BYTES));
      try {
        await write(path, handle, key);
        return { masterKeyId: keyIdOf(key).toString('hex') };
      } finally {
        key.fill(0);
      }
    },
    (error) =>
      errnoOf(error) === 'EEXIST'
        ? new VaultFault(
            'already-initialised',
            `${path} is there already, and was left alone: use that master key, or name another file`,
            { cause: error },
          )
        : fromFileSystem(error, `write the master key to ${path}`),
  );

/**
 * Makes a new master key: 32 random bytes in a new file that only its owner can read (mode 0600), durable on return.
 * Keep it outside the vault's directory, and back it up apart from the vault: without it no secret ever opens again.
 *
 * The file is one line, `keyturn-master-key-1:` and the key in base64; two while the master key is rotated.
 *
 * Faults: `already-initialised` when a file is there (it is left alone), `not-writable`.
 */
export const createMasterKeyFile = (path: string): TE.TaskEither<VaultFault, MasterKeyInfo> =>
  pipe(
    ensureDirectory(dirname(path)),
    TE.chain(() => create(path)),
  );

const OTHERS = 0o007;
const GROUP = 0o070;
const GROUP_READS = 0o040;

const isOurGroup = (gid: number): boolean =>
  process.getegid?.() === gid || process.getgroups?.().includes(gid) === true;

/**
 * What root lets our own group read, it lets us read: a container platform mounts files so, and we could not change it.
 */
const isExposed = ({ mode, uid, gid }: Stats): boolean =>
  (mode & OTHERS) !== 0 ||
  ((mode & GROUP) !== 0 && !((mode & GROUP) === GROUP_READS && uid === 0 && isOurGroup(gid)));

const readOpen = (path: string, file: number): ReadonlyArray<Buffer> => {
  const status = fstatSync(file);
  if (!status.isFile()) {
    throw new VaultFault('master-key-missing', `${path} is not a file: name the master key's file`);
  }
  requireOwner(path, status);
  if (isExposed(status)) {
    throw new VaultFault(
      'master-key-exposed',
      `others than its owner can reach the master key in ${path} (mode 0${(status.mode & 0o777).toString(8)}): ` +
        'run chmod 600 on it (or 440, where root owns it and the group is the one that this process runs as), ' +
        'and replace the key if it may have been read',
    );
  }
  const content = Buffer.alloc(LARGEST);
  try {
    return parseMasterKeys(path, content.subarray(0, readSync(file, content, 0, LARGEST, 0)));
  } finally {
    content.fill(0);
  }
};

/** {@link readMasterKeyFile} at once, and throwing: for what must not be interrupted. */
export const readMasterKeysNow = (path: string): ReadonlyArray<Buffer> => {
  try {
    // A link is followed, if nobody else could have put it there: a platform mounts a key's file as a chain of them.
    requireOwnWay(path);
    // A pipe would else be waited for.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return readOpen(path, file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (isUnsafeFile(error)) throw new VaultFault('master-key-exposed', `the master key: ${error.message}`);
    throw error instanceof VaultFault
      ? error
      : new VaultFault(
          'master-key-missing',
          `the master key's file ${path} can't be read (${errnoOf(error) ?? 'unknown error'}): ` +
            `restore it, or name the right file`,
          { cause: error },
        );
  }
};

/**
 * The key; while the master key is rotated the present key, then the coming one. The caller wipes them. Faults:
 * `master-key-missing`, `master-key-exposed`, `master-key-wrong`.
 */
export const readMasterKeyFile = (path: string): TE.TaskEither<VaultFault, ReadonlyArray<Buffer>> =>
  guarded(() => readMasterKeysNow(path));
