import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { UndecodableSnapshot } from '../codecs/errors';
import { Fingerprint } from '../events';
import { KeyId, type CommandId, type ProjectId, type RunId } from '../ids';
import type { Instant } from '../instant';
import type { KeyLeak } from '../leak/keyLeak';
import { isListed, type KeyEntry } from '../state/keyEntry';
import type { HandledCommand, Keyring } from '../state/keyring';
import { OrderedMap } from '../state/orderedMap';
import type { Pin } from '../state/pin';
import { GrowingMap } from '../state/growingMap';
import type { Generation } from '../state/recent';
import { remember, SLICE, type SnapshotPart } from './encodeSnapshot';
import { goneKeys } from './goneKeys';
import { unpackIds } from './packedIds';
import { decodeHead, decodePart, unfitting } from './partCodec';
import type { StoredGoneKeys, StoredHead, StoredPart } from './snapshotShape';
import { restoreKeys } from './storedKeys';
import { restoreEndedRuns, restoreHandledCommands, type StoredGeneration } from './storedMemories';
import { restorePins } from './storedPins';

/** A keyring that is put together again, part by part. */
export interface SnapshotDecoding {
  /**
   * Takes the next part, in the order of `encodeSnapshot`. After a refusal nothing more is to be done with it.
   *
   * @param read - gives the part as a JSON value. What is left of keys that are long gone is not read before one of
   *   them is asked for. Then it throws {@link UndecodableSnapshot} if it can't be read
   * @returns the part as `encodeSnapshot` gives it for as long as it says the same; null where it encodes it anew
   */
  readonly take: (read: () => unknown) => E.Either<UndecodableSnapshot, SnapshotPart | null>;
  /** The keyring, once all parts were taken. */
  readonly finish: () => E.Either<UndecodableSnapshot, Keyring>;
}

interface OwnGeneration<K, V> extends Generation<K, V> {
  readonly entries: GrowingMap<K, V>;
}

/** Null for a part that goes on what nothing began. */
const generationOf = <K, V>(
  generations: Array<OwnGeneration<K, V>>,
  { begins, newestAt }: StoredGeneration,
): GrowingMap<K, V> | null => {
  if (begins) generations.push({ entries: new GrowingMap(), newestAt });
  return generations.at(-1)?.entries ?? null;
};

/** Whether all of them were new. */
const putAll = <K, V>(
  to: { readonly size: number; readonly set: (key: K, value: V) => unknown },
  entries: ReadonlyArray<readonly [K, V]> | null,
): boolean => {
  if (entries === null) return false;
  const before = to.size;
  for (const [key, value] of entries) to.set(key, value);
  return to.size === before + entries.length;
};

const addAll = <A>(to: Set<A>, items: ReadonlyArray<string>, is: (item: unknown) => item is A): boolean =>
  items.every((item) => is(item) && to.add(item));

const begin = (head: StoredHead, parts: number): SnapshotDecoding => {
  const keys = new OrderedMap<KeyId, KeyEntry>().draft(parts * SLICE);
  const listedKeyIds = new Set<KeyId>();
  const openPins = new OrderedMap<RunId, Pin>().draft();
  const abandonedKeyIds = new Set<KeyId>();
  const leakedFingerprints = new Set<Fingerprint>();
  const leaks = new Map<KeyId, KeyLeak>();
  const projectDefaults = new Map<ProjectId, KeyId>();
  const ended: Array<OwnGeneration<RunId, Instant>> = [];
  const handled: Array<OwnGeneration<CommandId, HandledCommand>> = [];
  /** Ids, and the part that they came in. What is left of the keys comes next. */
  let gone: { readonly ids: StoredGoneKeys; readonly part: SnapshotPart } | null = null;

  const put = (part: Exclude<StoredPart, StoredGoneKeys>): boolean => {
    switch (part.kind) {
      case 'keys': {
        const restored = restoreKeys(part);
        if (restored === null) return false;
        const before = keys.size;
        for (const key of restored) {
          keys.append(key.keyId, key);
          if (isListed(key)) listedKeyIds.add(key.keyId);
        }
        return keys.size === before + restored.length;
      }
      case 'pins':
        return putAll(openPins, restorePins(part)?.map((pin) => [pin.runId, pin] as const) ?? null);
      case 'abandoned-keys':
        return addAll(abandonedKeyIds, unpackIds(part.keyIds), KeyId.is);
      case 'leaked':
        return addAll(leakedFingerprints, part.fingerprints.split(' '), Fingerprint.is);
      case 'leaks':
        return putAll(
          leaks,
          part.leaks.map((leak) => [leak.keyId, leak] as const),
        );
      case 'project-defaults':
        return putAll(projectDefaults, part.defaults);
      case 'ended-runs': {
        const entries = generationOf(ended, part);
        return entries !== null && putAll(entries, restoreEndedRuns(part));
      }
      case 'handled-commands': {
        const entries = generationOf(handled, part);
        return entries !== null && putAll(entries, restoreHandledCommands(part));
      }
    }
  };

  const takeNow = (read: () => unknown): E.Either<UndecodableSnapshot, SnapshotPart | null> =>
    pipe(
      decodePart(read()),
      E.filterOrElse((part) => {
        if (part.kind !== 'gone-keys') return put(part);
        gone = { ids: part, part: { encode: read } };
        return true;
      }, unfitting),
      E.map(() => gone?.part ?? null),
    );

  return {
    take: (read) => {
      if (gone === null) return takeNow(read);
      const part = { encode: read };
      const chunk = goneKeys(gone.ids, read);
      remember(chunk, [gone.part, part]);
      gone = null;
      return keys.defer(chunk) ? E.right(part) : E.left(unfitting());
    },
    finish: () =>
      gone === null
        ? E.right({
            ...head,
            keys: keys.finish(),
            listedKeyIds,
            abandonedKeyIds,
            projectDefaults,
            leakedFingerprints,
            leaks,
            openPins: openPins.finish(),
            endedRuns: { generations: ended },
            handledCommands: { generations: handled },
          })
        : E.left(unfitting()),
  };
};

/**
 * Reads a snapshot that `encodeSnapshot` of the same schema version made. It stands for the events that it was folded
 * from, so keep it where they are kept; one that can't be read is no loss.
 *
 * @param parts - how many parts there are, as far as that is known: it is faster then
 */
export const decodeSnapshot = (head: unknown, parts = 0): E.Either<UndecodableSnapshot, SnapshotDecoding> =>
  pipe(
    decodeHead(head),
    E.map((stored) => begin(stored, parts)),
  );
