import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { ensureDirectory, syncDirectory } from './directories';
import { VaultFault } from './faults';
import { errnoOf, fromFileSystem } from './fileFaults';
import { KEY_BYTES, keyIdOf } from './mac';

const PREFIX = 'keyturn-master-key-1:';
const LINE = /^keyturn-master-key-1:([A-Za-z0-9+/]{43}=)\n?$/;
/** More than the one line needs: a larger file is not read. */
const LARGEST = 256;

/** What may be shown of a master key: its id, 16 hexadecimal digits, which tells nothing of the key. */
export interface MasterKeyInfo {
  readonly masterKeyId: string;
}

const write = async (path: string, handle: FileHandle, key: Buffer): Promise<void> => {
  // As bytes: of a text Node would make some in memory that its small buffers share.
  const text = `${PREFIX}${key.toString('base64')}\n`;
  const line = Buffer.alloc(text.length);
  line.write(text, 'latin1');
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
      const key = randomBytes(KEY_BYTES);
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
 * The file is one line, `keyturn-master-key-1:` and the key in base64.
 *
 * Faults: `already-initialised` when a file is there (it is left alone), `not-writable`.
 */
export const createMasterKeyFile = (path: string): TE.TaskEither<VaultFault, MasterKeyInfo> =>
  pipe(
    ensureDirectory(dirname(path)),
    TE.chain(() => create(path)),
  );

const parse = (path: string, line: string): Buffer => {
  const encoded = LINE.exec(line)?.[1];
  const key = Buffer.alloc(KEY_BYTES);
  key.write(encoded ?? '', 'base64');
  if (encoded === undefined || key.toString('base64') !== encoded) {
    key.fill(0);
    throw new VaultFault(
      'master-key-wrong',
      `${path} is not a master key file (one line, "${PREFIX}" and 44 characters): restore it from its backup`,
    );
  }
  return key;
};

const read = async (path: string, handle: FileHandle): Promise<Buffer> => {
  const status = await handle.stat();
  if (!status.isFile()) {
    throw new VaultFault('master-key-missing', `${path} is not a file: name the master key's file`);
  }
  if ((status.mode & 0o077) !== 0) {
    throw new VaultFault(
      'master-key-exposed',
      `others than its owner can reach the master key in ${path} (mode 0${(status.mode & 0o777).toString(8)}): ` +
        `run chmod 600 on it, and replace the key if it may have been read`,
    );
  }
  const content = Buffer.alloc(LARGEST);
  try {
    const { bytesRead } = await handle.read(content, 0, LARGEST, 0);
    return parse(path, content.toString('latin1', 0, bytesRead));
  } finally {
    content.fill(0);
  }
};

/** The key, for the caller to wipe. Faults: `master-key-missing`, `master-key-exposed`, `master-key-wrong`. */
export const readMasterKeyFile = (path: string): TE.TaskEither<VaultFault, Buffer> =>
  TE.tryCatch(
    async () => {
      const handle = await open(path, 'r');
      try {
        return await read(path, handle);
      } finally {
        await handle.close();
      }
    },
    (error) =>
      error instanceof VaultFault
        ? error
        : new VaultFault(
            'master-key-missing',
            `the master key's file ${path} can't be read (${errnoOf(error) ?? 'unknown error'}): ` +
              `restore it, or name the right file`,
            { cause: error },
          ),
  );
