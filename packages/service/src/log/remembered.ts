import { KeyId, type Keyring, type RememberedRemoval } from '@keyturn/domain';
import type { Removal } from '@keyturn/vault';

/** Whether the log itself says what the vault remembers. */
const isInForce = (
  { keys, leakedFingerprints }: Keyring,
  { keyId, fingerprint, hardDeleted, leaked }: RememberedRemoval,
): boolean => {
  const key = keys.get(keyId);
  const goneAsDue = !hardDeleted || key === undefined || key.status === 'hard-deleted';
  return goneAsDue && (!leaked || leakedFingerprints.has(fingerprint));
};

/** Hard deletes and leaks that the vault remembers, and that the log does not say. */
export const forgottenRemovals = (
  keyring: Keyring,
  remembered: ReadonlyArray<Removal>,
): ReadonlyArray<RememberedRemoval> =>
  remembered
    .flatMap((removal) => (KeyId.is(removal.keyId) ? [{ ...removal, keyId: removal.keyId }] : []))
    .filter((removal) => !isInForce(keyring, removal));
