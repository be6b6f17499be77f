import * as E from 'fp-ts/Either';
import type { KeyringEvent } from '../events';
import { keyFact } from '../refusals/keyFact';
import { refuse } from '../refusals/refusal';
import { isOnFile } from '../state/keyEntry';
import { listedKeys } from '../state/keyring';
import type { Handler } from './handler';

/**
 * A key comes on file as pending; the first one is Default at once. The same secret may be on file twice only for
 * another vendor or endpoint, and never again once it was reported as leaked.
 */
export const addKey: Handler<'AddKey'> = ({ keyring, policy }, body) => {
  const { keyId, vendor, endpoint, region, model, label, last4, fingerprint, expiresAt } = body;
  if (keyring.keys.has(keyId) || keyring.abandonedKeyIds.has(keyId)) {
    return E.left(refuse('key-id-used', { keyId }));
  }
  if (keyring.leakedFingerprints.has(fingerprint)) {
    const knownAs = [...keyring.keys.values()].filter((key) => key.fingerprint === fingerprint).map(keyFact);
    return E.left(refuse('fingerprint-leaked', { knownAs }));
  }
  const listed = listedKeys(keyring);
  const existing = listed.find(
    (key) => key.vendor === vendor && key.endpoint === endpoint && key.fingerprint === fingerprint,
  );
  if (existing !== undefined) {
    return E.left(refuse('key-already-on-file', { existing: keyFact(existing) }));
  }
  const onFile = listed.filter(isOnFile).length;
  if (onFile >= policy.maxKeysOnFile) {
    return E.left(refuse('key-limit-reached', { limit: policy.maxKeysOnFile, onFile }));
  }
  const added: KeyringEvent = {
    type: 'KeyAdded',
    data: {
      keyId,
      vendor,
      endpoint,
      region,
      ...(model === undefined ? {} : { model }),
      label,
      last4,
      fingerprint,
      expiresAt,
    },
  };
  if (onFile > 0) return E.right([added]);
  return E.right([
    added,
    {
      type: 'DefaultChanged',
      data: {
        scope: { kind: 'workspace' },
        keyId,
        previousKeyId: keyring.workspaceDefault,
        cause: 'first-key',
      },
    },
  ]);
};

/** A key id that was burned is not used again, so that what was sealed under it can be removed for good. */
export const abandonAdd: Handler<'AbandonAdd'> = ({ keyring }, { keyId }) => {
  if (keyring.keys.has(keyId)) return E.left(refuse('key-id-used', { keyId }));
  if (keyring.abandonedKeyIds.has(keyId)) return E.right([]);
  return E.right([{ type: 'KeyAddAbandoned', data: { keyId } }]);
};
