import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { credentialFrom, ENOUGH_BYTES } from './content';
import { OperatorCredentialFault } from './fault';
import type { OperatorCredential } from './operatorCredential';

const OTHERS = 0o077;

const codeOf = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'unknown error';

const unreadable = (vendor: string, path: string, cause: unknown): OperatorCredentialFault => {
  const code = codeOf(cause);
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new OperatorCredentialFault(
        'missing',
        vendor,
        `There is no file ${path} with the operator credential for ${vendor}. Create it with mode 0600.`,
        { cause },
      )
    : new OperatorCredentialFault(
        'unreadable',
        vendor,
        `The file ${path} with the operator credential for ${vendor} can't be read (${code}). ` +
          "Let this process's user own it.",
        { cause },
      );
};

/** Looks at the file that was opened, not at its path: what is checked is what is read. */
const checkFile = async (vendor: string, path: string, file: FileHandle): Promise<void> => {
  const stats = await file.stat();
  if (!stats.isFile()) {
    throw new OperatorCredentialFault(
      'unreadable',
      vendor,
      `${path} is not a file. Name the file with the operator credential for ${vendor}.`,
    );
  }
  if ((stats.mode & OTHERS) !== 0) {
    throw new OperatorCredentialFault(
      'exposed',
      vendor,
      `Others than its owner have access to ${path}. Run: chmod 600 ${path}, and replace the operator ` +
        `credential for ${vendor} if they may have read it.`,
    );
  }
};

const readUpTo = async (file: FileHandle, buffer: Buffer): Promise<number> => {
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    length += bytesRead;
    if (bytesRead === 0 || length === buffer.length) return length;
  }
};

/** Reads a credential from a file that its owner alone has access to. */
export const credentialFromFile = async (vendor: string, path: string): Promise<OperatorCredential> => {
  if (!isAbsolute(path)) {
    // Not quoted: it may be the credential itself.
    throw new OperatorCredentialFault(
      'not-configured',
      vendor,
      `What is configured for ${vendor} is no absolute path. Give the path of the file that holds the credential.`,
    );
  }
  const buffer = Buffer.alloc(ENOUGH_BYTES);
  try {
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      await checkFile(vendor, path, file);
      return credentialFrom(vendor, path, buffer.subarray(0, await readUpTo(file, buffer)));
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw cause instanceof OperatorCredentialFault ? cause : unreadable(vendor, path, cause);
  } finally {
    buffer.fill(0);
  }
};
