import { Fingerprint, Last4 } from '../events';
import { KeyId } from '../ids';
import type { KeyEntry } from '../state/keyEntry';
import { earliest, storeKinds } from './kinds';
import { packIds, unpackIds } from './packedIds';
import type { StoredGoneKeys, StoredKeyKind, StoredKeys } from './snapshotShape';

const LAST4 = 4;

const kindOf = (key: KeyEntry): StoredKeyKind => ({
  vendor: key.vendor,
  endpoint: key.endpoint,
  region: key.region,
  model: key.model,
  status: key.status,
  failureReason: key.failureReason,
  rejectionUnconfirmed: key.rejectionUnconfirmed,
  wasDefault: key.wasDefault,
  suspended: key.suspended,
  acceptedFrom: key.acceptedFrom,
  destroyed: key.destroyed,
});

const idsOf = (keys: ReadonlyArray<KeyEntry>): ReadonlyArray<KeyId> => keys.map(({ keyId }) => keyId);

export const storeGoneKeys = (keys: ReadonlyArray<KeyEntry>): StoredGoneKeys => ({
  kind: 'gone-keys',
  keyIds: packIds(idsOf(keys)),
});

/**
 * Keys that are long gone have nearly all in common: what is left of each is a line of about a hundred characters.
 *
 * @param keyIds - which ids are stored with them
 */
export const storeKeys = (keys: ReadonlyArray<KeyEntry>, keyIds = idsOf(keys)): StoredKeys => {
  const since = earliest(keys.map(({ addedAt }) => addedAt));
  return {
    kind: 'keys',
    ...storeKinds(keys.map(kindOf)),
    keyIds: packIds(keyIds),
    labels: keys.map(({ label }) => label),
    last4: keys.map(({ last4 }) => last4).join(''),
    fingerprints: keys.map(({ fingerprint }) => fingerprint).join(' '),
    since,
    addedAfter: keys.map(({ addedAt }) => addedAt - since),
    verdictAfter: keys.map(({ lastVerdictCallAt: at }) => (at === null ? null : at - since)),
    expiresAfter: keys.map(({ expiresAt: at }) => (at === null ? null : at - since)),
    openRuns: keys.map(({ openRuns }) => openRuns),
  };
};

/**
 * Null when the columns do not fit together.
 *
 * @param keyIds - those of `stored`, unless they are stored elsewhere
 */
export const restoreKeys = (
  stored: StoredKeys,
  keyIds = unpackIds(stored.keyIds),
): ReadonlyArray<KeyEntry> | null => {
  const fingerprints = stored.fingerprints.split(' ');
  const keys: KeyEntry[] = [];
  for (const [i, keyId] of keyIds.entries()) {
    const kind = stored.kinds[stored.kindOf[i] ?? -1];
    const label = stored.labels[i];
    const last4 = stored.last4.slice(i * LAST4, (i + 1) * LAST4);
    const fingerprint = fingerprints[i];
    const added = stored.addedAfter[i];
    const verdict = stored.verdictAfter[i];
    const expiry = stored.expiresAfter[i];
    const openRuns = stored.openRuns[i];
    if (kind === undefined || label === undefined || fingerprint === undefined) return null;
    if (added === undefined || verdict === undefined || expiry === undefined || openRuns === undefined)
      return null;
    if (!KeyId.is(keyId) || !Last4.is(last4) || !Fingerprint.is(fingerprint)) return null;
    keys.push({
      keyId,
      vendor: kind.vendor,
      endpoint: kind.endpoint,
      region: kind.region,
      model: kind.model,
      label,
      last4,
      fingerprint,
      expiresAt: expiry === null ? null : stored.since + expiry,
      status: kind.status,
      failureReason: kind.failureReason,
      rejectionUnconfirmed: kind.rejectionUnconfirmed,
      wasDefault: kind.wasDefault,
      addedAt: stored.since + added,
      lastVerdictCallAt: verdict === null ? null : stored.since + verdict,
      openRuns,
      suspended: kind.suspended,
      acceptedFrom: kind.acceptedFrom,
      destroyed: kind.destroyed,
    });
  }
  return keys;
};
