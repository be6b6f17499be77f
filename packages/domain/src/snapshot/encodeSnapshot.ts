import type { Fingerprint } from '../events';
import type { CommandId, KeyId, ProjectId, RunId } from '../ids';
import type { Instant } from '../instant';
import { isGoneForGood, type KeyEntry } from '../state/keyEntry';
import type { KeyLeak } from '../leak/keyLeak';
import type { HandledCommand, Keyring } from '../state/keyring';
import { type AnyChunk, CHUNK, type Chunk, isDeferred } from '../state/chunk';
import { OrderedMap } from '../state/orderedMap';
import type { Pin } from '../state/pin';
import type { Generation } from '../state/recent';
import { packIds } from './packedIds';
import type { StoredHead, StoredPart } from './snapshotShape';
import { storeGoneKeys, storeKeys } from './storedKeys';
import { storeEndedRuns, storeHandledCommands, type StoredGeneration } from './storedMemories';
import { storePins } from './storedPins';

/**
 * A part of a snapshot. It is the same object for as long as it says the same, so that what was encoded once need not
 * be encoded again.
 */
export interface SnapshotPart {
  /** As a JSON value. */
  readonly encode: () => unknown;
}

/** A keyring in parts of some hundred entries each. */
export interface EncodedSnapshot {
  /** A JSON value, small whatever the keyring holds. */
  readonly head: unknown;
  /** In the order in which they are put together again. */
  readonly parts: ReadonlyArray<SnapshotPart>;
}

/** Entries of a part, where its source does not lie in chunks already. */
export const SLICE = 256;

/** The parts of what can't change: chunks, generations, and sets and maps that are copied on a write. */
const known = new WeakMap<object, ReadonlyArray<SnapshotPart>>();

/** Has what was decoded be encoded by the very parts that it was decoded from. */
export const remember = (source: object, parts: ReadonlyArray<SnapshotPart>): void => {
  known.set(source, parts);
};

const partsOf = (
  source: object,
  encodings: () => ReadonlyArray<() => StoredPart>,
): ReadonlyArray<SnapshotPart> => {
  const made = known.get(source) ?? encodings().map((encode) => ({ encode }));
  known.set(source, made);
  return made;
};

const slices = <A>(all: Iterable<A>): ReadonlyArray<ReadonlyArray<A>> => {
  const items = [...all];
  return Array.from({ length: Math.ceil(items.length / SLICE) }, (_, i) =>
    items.slice(i * SLICE, (i + 1) * SLICE),
  );
};

const valuesOf = <V>(chunk: Chunk<unknown, V>): ReadonlyArray<V> =>
  chunk.flatMap((entry) => (entry === undefined ? [] : [entry[1]]));

const chunkParts = <K extends string, V>(
  map: ReadonlyMap<K, V>,
  encodings: (chunk: Chunk<K, V>) => ReadonlyArray<() => StoredPart>,
): ReadonlyArray<SnapshotPart> =>
  OrderedMap.of(map).chunks.flatMap((chunk: AnyChunk<K, V>) =>
    partsOf(chunk, () => encodings(isDeferred(chunk) ? chunk.read() : chunk)),
  );

const sliceParts = <A>(
  source: Iterable<A> & object,
  store: (items: ReadonlyArray<A>) => StoredPart,
): ReadonlyArray<SnapshotPart> => partsOf(source, () => slices(source).map((items) => () => store(items)));

const generationParts = <K, V>(
  generation: Generation<K, V>,
  store: (entries: ReadonlyArray<[K, V]>, part: StoredGeneration) => StoredPart,
): ReadonlyArray<SnapshotPart> =>
  partsOf(generation, () =>
    slices(generation.entries).map(
      (entries, i) => () => store(entries, { begins: i === 0, newestAt: generation.newestAt }),
    ),
  );

const isLongGone = (chunk: Chunk<KeyId, KeyEntry>): boolean =>
  chunk.length === CHUNK && chunk.every((entry) => entry !== undefined && isGoneForGood(entry[1]));

const keyParts = (keys: ReadonlyMap<KeyId, KeyEntry>) =>
  chunkParts(keys, (chunk) =>
    isLongGone(chunk)
      ? [() => storeGoneKeys(valuesOf(chunk)), () => storeKeys(valuesOf(chunk), [])]
      : [() => storeKeys(valuesOf(chunk))],
  );
const pinParts = (pins: ReadonlyMap<RunId, Pin>) =>
  chunkParts(pins, (chunk) =>
    chunk.every((entry) => entry === undefined) ? [] : [() => storePins(valuesOf(chunk))],
  );
const abandonedParts = (keyIds: ReadonlySet<KeyId>) =>
  sliceParts(keyIds, (some) => ({ kind: 'abandoned-keys', keyIds: packIds(some) }));
const leakedParts = (fingerprints: ReadonlySet<Fingerprint>) =>
  sliceParts(fingerprints, (some) => ({ kind: 'leaked', fingerprints: some.join(' ') }));
const leakParts = (leaks: ReadonlyMap<KeyId, KeyLeak>) =>
  sliceParts(leaks, (some) => ({ kind: 'leaks', leaks: some.map(([, leak]) => leak) }));
const projectDefaultParts = (projectDefaults: ReadonlyMap<ProjectId, KeyId>) =>
  sliceParts(projectDefaults, (defaults) => ({ kind: 'project-defaults', defaults: [...defaults] }));
const endedParts = (generation: Generation<RunId, Instant>) => generationParts(generation, storeEndedRuns);
const handledParts = (generation: Generation<CommandId, HandledCommand>) =>
  generationParts(generation, (entries, part) =>
    storeHandledCommands(
      entries.map(([, command]) => command),
      part,
    ),
  );

/**
 * A keyring's snapshot, of `SNAPSHOT_SCHEMA_VERSION`. Nothing is encoded before a part is asked for it.
 */
export const encodeSnapshot = (keyring: Keyring): EncodedSnapshot => {
  const head: StoredHead = {
    workspaceId: keyring.workspaceId,
    revision: keyring.revision,
    workspaceDefault: keyring.workspaceDefault,
    previousDefault: keyring.previousDefault,
    commandHorizon: keyring.commandHorizon,
    lastCommandAt: keyring.lastCommandAt,
    windowClock: keyring.windowClock,
    lastRestore: keyring.lastRestore,
    logKey: keyring.logKey,
    closed: keyring.closed,
  };
  return {
    head,
    parts: [
      ...keyParts(keyring.keys),
      ...abandonedParts(keyring.abandonedKeyIds),
      ...leakedParts(keyring.leakedFingerprints),
      ...leakParts(keyring.leaks),
      ...projectDefaultParts(keyring.projectDefaults),
      ...pinParts(keyring.openPins),
      ...keyring.endedRuns.generations.flatMap(endedParts),
      ...keyring.handledCommands.generations.flatMap(handledParts),
    ],
  };
};
