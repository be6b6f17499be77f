import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isLeft } from 'fp-ts/Either';
import { parse } from 'fp-ts/Json';
import type { Decoder } from 'io-ts';
import { isThere } from './dataDirectory';
import { codeOf } from './errorCode';
import { SetupFault } from './setupFault';

const damaged = (path: string, part: string, cause?: unknown): SetupFault =>
  new SetupFault(
    'incomplete-data-directory',
    `${path}, which names the ${part} that this data directory belongs to, can't be read. Restore it from a backup.`,
    { cause },
  );

/** Reads which part of a deployment, such as its vault, a data directory belongs to; null where none is named. */
export const readRecord = <A>(path: string, part: string, codec: Decoder<unknown, A>): A | null => {
  if (!isThere(path)) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw damaged(path, part, cause);
  }
  const json = parse(text);
  const stored = isLeft(json) ? json : codec.decode(json.right);
  if (isLeft(stored)) throw damaged(path, part);
  return stored.right;
};

/**
 * Where the part is reached is not kept: that may change, and may hold a password. Cut off, it leaves what was there.
 */
export const writeRecord = (path: string, record: object): void => {
  try {
    const coming = `${path}.new`;
    // What a killed process left; and a link there is not followed.
    rmSync(coming, { force: true });
    writeFileSync(coming, `${JSON.stringify(record)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(coming, path);
  } catch (cause) {
    throw new SetupFault('not-writable', `${path} can't be written (${codeOf(cause)}).`, { cause });
  }
};
