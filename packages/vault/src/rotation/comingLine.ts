import { randomFillSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { KEY_BYTES, keyIdOf } from '../mac';
import { readMasterKeysNow } from '../masterKeyFile';
import { makeDurableNow, replaceMasterKeysNow } from '../masterKeyReplacement';

/**
 * A master key's file during a rotation: the present key in the first line, the coming one in the second. What is in
 * front of the present key has been replaced. All of this runs in one go, and in one process at a time.
 */
const reading = <A>(
  path: string,
  presentId: Buffer,
  use: (keys: ReadonlyArray<Buffer>, at: number) => A,
): A => {
  const keys = existsSync(path) ? readMasterKeysNow(path) : [];
  try {
    return use(
      keys,
      keys.findIndex((key) => keyIdOf(key).equals(presentId)),
    );
  } finally {
    for (const key of keys) key.fill(0);
  }
};

const copyOf = (key: Buffer): Buffer => {
  const copy = Buffer.alloc(KEY_BYTES);
  key.copy(copy);
  return copy;
};

/**
 * The coming key, for the caller to wipe: the one behind the present key, or a new one that is put there. A file
 * without the present key is another one that the vault goes over to. Durable on return: a key that sealed something
 * must not be lost.
 */
export const takeComingKeyNow = (path: string, presentId: Buffer): Buffer =>
  reading(path, presentId, (keys, at) => {
    const there = keys[at + 1];
    if (there !== undefined) {
      makeDurableNow(path);
      return copyOf(there);
    }
    const made = randomFillSync(Buffer.alloc(KEY_BYTES));
    try {
      replaceMasterKeysNow(path, [...keys.slice(Math.max(at, 0)), made]);
      return made;
    } catch (error) {
      made.fill(0);
      throw error;
    }
  });

/** Takes out what is in front of the present key, and gives the ids of that. */
export const dropReplacedKeysNow = (path: string, presentId: Buffer): ReadonlyArray<Buffer> =>
  reading(path, presentId, (keys, at) => {
    const replaced = keys.slice(0, Math.max(at, 0));
    if (replaced.length > 0) replaceMasterKeysNow(path, keys.slice(at));
    return replaced.map(keyIdOf);
  });
