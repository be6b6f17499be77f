import type { Instant } from '../instant';
import { isListed, isOnFile, THE_VENDOR } from '../state/keyEntry';
import type { Fold } from './fold';
import { destroyedUnder, hardDeletedUnder } from './leakEvents';

/**
 * A key id names one key for ever: a second KeyAdded of the same id, which deciding never gives, is not another key.
 */
export const keyAdded: Fold<'KeyAdded'> = (draft, data, time) => {
  if (draft.keys.has(data.keyId)) return;
  draft.addKey({
    keyId: data.keyId,
    vendor: data.vendor,
    endpoint: data.endpoint,
    region: data.region,
    model: data.model ?? null,
    label: data.label,
    last4: data.last4,
    fingerprint: data.fingerprint,
    expiresAt: data.expiresAt,
    status: 'pending',
    failureReason: null,
    rejectionUnconfirmed: false,
    wasDefault: false,
    addedAt: time,
    lastVerdictCallAt: null,
    openRuns: 0,
    suspended: false,
    acceptedFrom: null,
    destroyed: false,
  });
};

export const keyRelabelled: Fold<'KeyRelabelled'> = (draft, data) => {
  const key = draft.editKey(data.keyId);
  if (key !== undefined && isListed(key)) key.label = data.label;
};

export const keyExpiryChanged: Fold<'KeyExpiryChanged'> = (draft, data) => {
  const key = draft.editKey(data.keyId);
  if (key !== undefined && isListed(key)) key.expiresAt = data.expiresAt;
};

export const keyAddAbandoned: Fold<'KeyAddAbandoned'> = (draft, data) => {
  draft.abandon(data.keyId);
};

/** A call can't have begun after its answer was recorded: a clock far ahead must not make later verdicts stale. */
export const verdictTime = (callStartedAt: Instant, time: Instant): Instant => Math.min(callStartedAt, time);

export const keyValidated: Fold<'KeyValidated'> = (draft, data, time) => {
  const key = draft.editKey(data.keyId);
  if (key === undefined || !isOnFile(key)) return;
  key.status = 'active';
  key.failureReason = null;
  key.rejectionUnconfirmed = false;
  key.lastVerdictCallAt = verdictTime(data.callStartedAt, time);
  key.acceptedFrom = data.evidence.endpointOverride ?? THE_VENDOR;
};

export const keyValidationFailed: Fold<'KeyValidationFailed'> = (draft, data, time) => {
  const key = draft.editKey(data.keyId);
  if (key === undefined || !isOnFile(key)) return;
  key.lastVerdictCallAt = verdictTime(data.callStartedAt, time);
  key.rejectionUnconfirmed = !data.disables;
  if (!data.disables) return;
  key.status = 'failed';
  key.failureReason = data.reason;
};

export const keyRetired: Fold<'KeyRetired'> = (draft, data) => {
  const key = draft.editKey(data.keyId);
  if (key === undefined || !isOnFile(key)) return;
  key.status = 'retired';
  key.failureReason = null;
  key.rejectionUnconfirmed = false;
};

export const keyHardDeleted: Fold<'KeyHardDeleted'> = (draft, data, time) => {
  const key = draft.editKey(data.keyId);
  if (key === undefined) return;
  hardDeletedUnder(draft, key, data, time);
  if (key.status === 'hard-deleted') return;
  key.status = 'hard-deleted';
  key.failureReason = null;
  key.rejectionUnconfirmed = false;
  key.suspended = false;
  draft.unlist(data.keyId);
  if (key.openRuns === 0) return;
  for (const pin of [...draft.openPins.values()]) {
    if (pin.keyId === data.keyId) draft.setPin({ ...pin, interrupted: true });
  }
};

export const keySecretDestroyed: Fold<'KeySecretDestroyed'> = (draft, data) => {
  const key = draft.editKey(data.keyId);
  if (key !== undefined) key.destroyed = true;
  destroyedUnder(draft, data.keyId);
};

export const defaultChanged: Fold<'DefaultChanged'> = (draft, data) => {
  if (data.scope.kind === 'project') {
    draft.setProjectDefault(data.scope.projectId, data.keyId);
    return;
  }
  const before = draft.workspaceDefault;
  draft.workspaceDefault = data.keyId;
  if (before === null || before === data.keyId) return;
  draft.previousDefault = before;
  const previous = draft.editKey(before);
  if (previous !== undefined) previous.wasDefault = true;
};
