import * as E from 'fp-ts/Either';
import { compileDecoder, INVALID } from '../codecs/compile';
import { UndecodableSnapshot } from '../codecs/errors';
import { explain } from '../codecs/explain';
import { RunId, type KeyId } from '../ids';
import type { KeyEntry } from '../state/keyEntry';
import type { Keyring } from '../state/keyring';
import { ShardedMap } from '../state/shardedMap';
import {
  restoreEndedRuns,
  restoreHandledCommands,
  storeEndedRuns,
  storeHandledCommands,
} from './storedMemories';
import { restorePins, storePins } from './storedPins';
import { StoredKeyring } from './snapshotShape';

const decodeStored = compileDecoder(StoredKeyring);

/** A keyring as a JSON value, of `SNAPSHOT_SCHEMA_VERSION`. */
export const encodeSnapshot = (keyring: Keyring): unknown => {
  const stored: StoredKeyring = {
    workspaceId: keyring.workspaceId,
    revision: keyring.revision,
    keys: [...keyring.keys.values()],
    listedKeyIds: [...keyring.listedKeyIds],
    abandonedKeyIds: [...keyring.abandonedKeyIds],
    workspaceDefault: keyring.workspaceDefault,
    projectDefaults: [...keyring.projectDefaults],
    leakedFingerprints: [...keyring.leakedFingerprints],
    pins: storePins(keyring.openPins),
    endedRuns: keyring.endedRuns.generations.map(storeEndedRuns),
    handledCommands: keyring.handledCommands.generations.map(storeHandledCommands),
    commandHorizon: keyring.commandHorizon,
    lastCommandAt: keyring.lastCommandAt,
    windowClock: keyring.windowClock,
    lastRestore: keyring.lastRestore,
    logKey: keyring.logKey,
  };
  return stored;
};

const keysById = (keys: ReadonlyArray<KeyEntry>): ReadonlyMap<KeyId, KeyEntry> => {
  const draft = new ShardedMap<KeyId, KeyEntry>().draft();
  for (const key of keys) draft.set(key.keyId, key);
  return draft.finish();
};

const all = <T>(restored: ReadonlyArray<T | null>): ReadonlyArray<T> | null =>
  restored.some((one) => one === null) ? null : restored.flatMap((one) => one ?? []);

const restore = (stored: StoredKeyring): Keyring | null => {
  const openPins = restorePins(stored.pins, RunId.is);
  const ended = all(stored.endedRuns.map(restoreEndedRuns));
  const handled = all(stored.handledCommands.map(restoreHandledCommands));
  if (openPins === null || ended === null || handled === null) return null;
  return {
    workspaceId: stored.workspaceId,
    revision: stored.revision,
    keys: keysById(stored.keys),
    listedKeyIds: new Set(stored.listedKeyIds),
    abandonedKeyIds: new Set(stored.abandonedKeyIds),
    workspaceDefault: stored.workspaceDefault,
    projectDefaults: new Map(stored.projectDefaults),
    leakedFingerprints: new Set(stored.leakedFingerprints),
    openPins,
    endedRuns: { generations: ended },
    handledCommands: { generations: handled },
    commandHorizon: stored.commandHorizon,
    lastCommandAt: stored.lastCommandAt,
    windowClock: stored.windowClock,
    lastRestore: stored.lastRestore,
    logKey: stored.logKey,
  };
};

/**
 * Reads a snapshot that `encodeSnapshot` of the same schema version made. It stands for the events that it was folded
 * from, so keep it where they are kept; one that can't be read is no loss.
 */
export const decodeSnapshot = (json: unknown): E.Either<UndecodableSnapshot, Keyring> => {
  const stored = decodeStored(json);
  if (stored === INVALID) {
    const why = StoredKeyring.decode(json);
    return E.left(new UndecodableSnapshot(E.isLeft(why) ? explain(why.left) : 'it does not fit its schema'));
  }
  const keyring = restore(stored as StoredKeyring);
  return keyring === null
    ? E.left(new UndecodableSnapshot('its columns do not fit together'))
    : E.right(keyring);
};
