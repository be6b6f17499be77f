import { readFileSync, writeFileSync } from 'node:fs';
import { isLeft } from 'fp-ts/Either';
import { parse } from 'fp-ts/Json';
import * as t from 'io-ts';
import { isThere } from './dataDirectory';
import { codeOf } from './errorCode';
import { SetupFault } from './problems';

const Stored = t.strict({ eventStore: t.literal('eventstoredb'), storeId: t.string });

const damaged = (path: string, cause?: unknown): SetupFault =>
  new SetupFault(
    'incomplete-data-directory',
    `${path}, which names the event store that this data directory belongs to, can't be read. Restore it from a backup.`,
    { cause },
  );

/** Reads to which event store a data directory belongs whose events lie on a server; null where they lie in it. */
export const readEventStoreRecord = (path: string): string | null => {
  if (!isThere(path)) return null;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw damaged(path, cause);
  }
  const json = parse(text);
  const stored = isLeft(json) ? json : Stored.decode(json.right);
  if (isLeft(stored)) throw damaged(path);
  return stored.right.storeId;
};

/** Where the store is reached is not kept: that may change, and may hold a password. */
export const writeEventStoreRecord = (path: string, storeId: string): void => {
  try {
    writeFileSync(path, `${JSON.stringify(Stored.encode({ eventStore: 'eventstoredb', storeId }))}\n`, {
      mode: 0o600,
    });
  } catch (cause) {
    throw new SetupFault('not-writable', `${path} can't be written (${codeOf(cause)}).`, { cause });
  }
};
