import type { Io } from '../io';
import { CommandFault, UsageError } from '../problems';
import { lengthOfLine, LONGEST_LINE_END, readOwnersFile } from './ownersFile';

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
  const failed = (message: string): CommandFault => new CommandFault('bad-passphrase', message);
  const line = await readOwnersFile({
    path,
    holds: 'the passphrase',
    closed: 0o077,
    most: LARGEST + LONGEST_LINE_END,
    options: '--passphrase-file, KEYTURN_PASSPHRASE_FILE',
    failed,
  });
  try {
    const end = lengthOfLine(line);
    if (end > 0 && end <= LARGEST) return Buffer.alloc(end, line.subarray(0, end));
    throw failed(
      `${path} has ` +
        `${end === 0 ? 'no passphrase in it' : `more than the ${LARGEST} bytes that a passphrase may have`}. ` +
        'Name the right file.',
    );
  } finally {
    line.fill(0);
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
