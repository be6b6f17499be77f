import { createHash } from 'node:crypto';
import { keysOnFile, type KeyEntry, type Keyring } from '@keyturn/domain';

const JITTER = 0.2;

/** From -1 to 1, always the same for a key: keys that were added together do not come due together for ever. */
const spread = ({ keyId }: KeyEntry): number =>
  (createHash('sha256').update(keyId).digest().readUInt32BE() / 2 ** 32) * 2 - 1;

/** When a key's verdict is so old that it is asked for again: after that age, give or take a fifth. */
export const dueAt = (key: KeyEntry, afterMs: number): number =>
  (key.lastVerdictCallAt ?? key.addedAt) + afterMs * (1 + JITTER * spread(key));

/** Active keys whose verdict is too old. Failed ones are asked about on their owner's word, pending ones by a sweep. */
export const dueKeys = (keyring: Keyring, afterMs: number, now: number): ReadonlyArray<KeyEntry> =>
  keyring.closed === null
    ? keysOnFile(keyring).filter((key) => key.status === 'active' && dueAt(key, afterMs) <= now)
    : [];
