import type { RunId } from '../ids';
import type { Draft } from './draft';
import type { Fold } from './fold';

const release = (draft: Draft, data: { readonly runId: RunId }): void => {
  const pin = draft.takePin(data.runId);
  if (pin === undefined) return;
  const key = draft.editKey(pin.keyId);
  if (key !== undefined) key.openRuns = Math.max(0, key.openRuns - 1);
};

export const runKeyPinned: Fold<'RunKeyPinned'> = (draft, data, time) => {
  release(draft, data);
  const key = draft.editKey(data.keyId);
  if (key !== undefined) key.openRuns += 1;
  draft.setPin({
    runId: data.runId,
    projectId: data.projectId,
    keyId: data.keyId,
    vendor: data.vendor,
    requested: data.requested,
    choice: data.choice,
    startedAt: time,
    leaseUntil: data.leaseUntil,
    interrupted: key?.status === 'hard-deleted',
  });
};

export const runKeyResumed: Fold<'RunKeyResumed'> = (draft, data) => {
  const pin = draft.openPins.get(data.runId);
  if (pin !== undefined) draft.setPin({ ...pin, leaseUntil: data.leaseUntil });
};

export const runKeyReleased: Fold<'RunKeyReleased'> = (draft, data, time) => {
  release(draft, data);
  draft.endedRuns.add(data.runId, time, time);
};
