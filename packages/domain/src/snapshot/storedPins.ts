import type { RunId } from '../ids';
import type { Pin } from '../state/pin';
import { ShardedMap } from '../state/shardedMap';
import { packIds, unpackIds } from './packedIds';
import type { StoredPinKind, StoredPins } from './snapshotShape';

const kindOf = (pin: Pin): StoredPinKind => ({
  projectId: pin.projectId,
  keyId: pin.keyId,
  vendor: pin.vendor,
  requested: pin.requested,
  choice: pin.choice,
  leaseMs: pin.leaseUntil - pin.startedAt,
  interrupted: pin.interrupted,
});

export const storePins = (openPins: ReadonlyMap<RunId, Pin>): StoredPins => {
  const pins = [...openPins.values()];
  const kinds = new Map<string, { readonly index: number; readonly kind: StoredPinKind }>();
  const indexes = pins.map((pin) => {
    const kind = kindOf(pin);
    const text = JSON.stringify(kind);
    const known = kinds.get(text);
    if (known !== undefined) return known.index;
    kinds.set(text, { index: kinds.size, kind });
    return kinds.size - 1;
  });
  const since = pins.reduce(
    (earliest, { startedAt }) => Math.min(earliest, startedAt),
    pins[0]?.startedAt ?? 0,
  );
  return {
    kinds: [...kinds.values()].map(({ kind }) => kind),
    runIds: packIds(pins.map(({ runId }) => runId)),
    kindOf: indexes,
    since,
    startedAfter: pins.map(({ startedAt }) => startedAt - since),
  };
};

/** Null when the columns do not fit together. */
export const restorePins = (
  stored: StoredPins,
  isRunId: (id: string) => id is RunId,
): ReadonlyMap<RunId, Pin> | null => {
  const runIds = unpackIds(stored.runIds);
  const draft = new ShardedMap<RunId, Pin>().draft();
  for (const [i, runId] of runIds.entries()) {
    const kind = stored.kinds[stored.kindOf[i] ?? -1];
    const after = stored.startedAfter[i];
    if (kind === undefined || after === undefined || !isRunId(runId)) return null;
    const { leaseMs, ...common } = kind;
    const startedAt = stored.since + after;
    draft.set(runId, { runId, ...common, startedAt, leaseUntil: startedAt + leaseMs });
  }
  return draft.size === runIds.length ? draft.finish() : null;
};
