import { RunId } from '../ids';
import type { Pin } from '../state/pin';
import { earliest, storeKinds } from './kinds';
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

export const storePins = (pins: ReadonlyArray<Pin>): StoredPins => {
  const since = earliest(pins.map(({ startedAt }) => startedAt));
  return {
    kind: 'pins',
    ...storeKinds(pins.map(kindOf)),
    runIds: packIds(pins.map(({ runId }) => runId)),
    since,
    startedAfter: pins.map(({ startedAt }) => startedAt - since),
  };
};

/** Null when the columns do not fit together. */
export const restorePins = (stored: StoredPins): ReadonlyArray<Pin> | null => {
  const pins: Pin[] = [];
  for (const [i, runId] of unpackIds(stored.runIds).entries()) {
    const kind = stored.kinds[stored.kindOf[i] ?? -1];
    const after = stored.startedAfter[i];
    if (kind === undefined || after === undefined || !RunId.is(runId)) return null;
    const { leaseMs, ...common } = kind;
    const startedAt = stored.since + after;
    pins.push({ runId, ...common, startedAt, leaseUntil: startedAt + leaseMs });
  }
  return pins;
};
