import type { KeyEntry, Keyring } from '@keyturn/domain';

/**
 * The successor, where it is of the same vendor and place and works: the vendor has to take it at the very time at
 * which it refuses the old key. Null where there is none.
 */
export const controlOf = ({ workspaceDefault, keys }: Keyring, key: KeyEntry): KeyEntry | null => {
  const successor = workspaceDefault === null ? undefined : keys.get(workspaceDefault);
  if (successor === undefined || successor.keyId === key.keyId) return null;
  const isThere = successor.vendor === key.vendor && successor.endpoint === key.endpoint;
  return isThere && successor.status === 'active' && !successor.suspended ? successor : null;
};
