import { isReported, KeyId, type Keyring, type RememberedRemoval } from '@keyturn/domain';
import type { Removal } from '@keyturn/vault';

/**
 * The log says that it was reported, and that the report was withdrawn: the vault forgets neither. It has no time of
 * either, so a later report that the log lost is not told from the one that was withdrawn
 * (docs/backup-and-restore.md): else every withdrawal would be undone by each restore.
 */
const isWithdrawn = ({ leaks }: Keyring, keyId: KeyId): boolean => {
  const leak = leaks.get(keyId);
  return leak !== undefined && leak.cases.length > 0 && !isReported(leak);
};

/** Whether the log itself says what the vault remembers. */
const isInForce = (
  keyring: Keyring,
  { keyId, fingerprint, hardDeleted, leaked }: RememberedRemoval,
): boolean => {
  const key = keyring.keys.get(keyId);
  const goneAsDue = !hardDeleted || key === undefined || key.status === 'hard-deleted';
  return goneAsDue && (!leaked || keyring.leakedFingerprints.has(fingerprint) || isWithdrawn(keyring, keyId));
};

/** Hard deletes and leaks that the vault remembers, and that the log does not say. */
export const forgottenRemovals = (
  keyring: Keyring,
  remembered: ReadonlyArray<Removal>,
): ReadonlyArray<RememberedRemoval> =>
  remembered
    .flatMap((removal) => (KeyId.is(removal.keyId) ? [{ ...removal, keyId: removal.keyId }] : []))
    .filter((removal) => !isInForce(keyring, removal));
