import { emptyKeyring, type KeyEntry, type KeyId, type Keyring } from '@keyturn/domain';
import { NOW } from './actions';

const timelessKey = (key: KeyEntry): KeyEntry =>
  key.lastVerdictCallAt === null ? key : { ...key, lastVerdictCallAt: null };

/**
 * The same keyring as if all had happened just now: revisions, times and remembered commands grow for ever, and no rule
 * of the search depends on them (each command has an id of its own, and every verdict is newer than the last). Ended
 * runs are kept: a run id is not used again.
 */
export const timeless = (keyring: Keyring): Keyring => {
  const keys = new Map<KeyId, KeyEntry>();
  for (const [keyId, key] of keyring.keys) keys.set(keyId, timelessKey(key));
  return {
    ...keyring,
    revision: 0,
    keys,
    handledCommands: emptyKeyring.handledCommands,
    commandHorizon: null,
    lastCommandAt: NOW,
    windowClock: NOW,
  };
};
