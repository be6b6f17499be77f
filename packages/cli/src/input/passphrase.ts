import { open } from 'node:fs/promises';
import { codeOf } from '../errorCode';
import type { Io } from '../io';
import { CommandFault, UsageError } from '../problems';

const LARGEST = 1_024;
const SHORTEST = 12;

/** Not cut from Node's pool, which every small buffer of the process could show. */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.alloc(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
};

/** The passphrase in a file that only its owner can read; one final line end is no part of it. The caller wipes it. */
const readPassphraseFile = async (path: string): Promise<Buffer> => {
  const bytes = Buffer.alloc(LARGEST + 2);
  try {
    const handle = await open(path, 'r');
    try {
      const status = await handle.stat();
      if (status.isFile() && (status.mode & 0o077) !== 0) {
        throw new CommandFault(
          'bad-passphrase',
          `Others than its owner can read the passphrase in ${path}. ` +
            'Run chmod 600 on it, and choose another if it may have been read.',
        );
      }
      let length = 0;
      for (;;) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
        length += bytesRead;
        if (bytesRead === 0 || length === bytes.length) break;
      }
      const line = bytes.subarray(0, length);
      const end = line.at(-1) !== 0x0a ? length : line.at(-2) === 0x0d ? length - 2 : length - 1;
      if (end === 0 || end > LARGEST) {
        throw new CommandFault(
          'bad-passphrase',
          `${path} has ` +
            `${end === 0 ? 'no passphrase in it' : `more than the ${LARGEST} bytes that a passphrase may have`}. ` +
            'Name the right file.',
        );
      }
      return Buffer.alloc(end, line.subarray(0, end));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof CommandFault) throw error;
    // Neither the path nor its error: the passphrase itself is given in place of its file now and then.
    throw new CommandFault(
      'bad-passphrase',
      `The passphrase file can't be read (${codeOf(error)}). ` +
        'Name the right file (--passphrase-file, KEYTURN_PASSPHRASE_FILE).',
    );
  } finally {
    bytes.fill(0);
  }
};

/** The passphrase of a vault that stands, from its file or asked for. */
export const existingPassphrase = async (file: string | null, { ask }: Pick<Io, 'ask'>): Promise<Buffer> => {
  if (file !== null) return readPassphraseFile(file);
  if (ask === null) {
    throw new CommandFault(
      'bad-passphrase',
      'This vault opens with a passphrase, and there is no terminal to ask on. ' +
        'Put it in a file that only you can read, and name that (--passphrase-file, KEYTURN_PASSPHRASE_FILE).',
    );
  }
  return bytesOf(await ask('Passphrase: '));
};

const longEnough = (passphrase: Buffer): Buffer => {
  if (passphrase.length >= SHORTEST) return passphrase;
  throw new UsageError(`A passphrase has at least ${SHORTEST} bytes: several words are best.`);
};

/** A new passphrase, from its file or typed twice. `option` names the file. */
export const newPassphrase = async (
  file: string | null,
  option: string,
  { ask }: Pick<Io, 'ask'>,
): Promise<Buffer> => {
  if (file !== null) return longEnough(await readPassphraseFile(file));
  if (ask === null) {
    throw new UsageError(
      `There is no terminal to ask for a new passphrase on: name a file that only you can read (${option}).`,
    );
  }
  const first = await ask('New passphrase: ');
  if ((await ask('Once more: ')) !== first) throw new UsageError('The two differ. Nothing was made.');
  return longEnough(bytesOf(first));
};
