import type { Instant } from './instant';
import { isOnFile, type KeyEntry } from './state/keyEntry';

const DAY_MS = 86_400_000;

/** Days after which a key is due for rotation, where a deployment says nothing else. */
export const ROTATE_AFTER_DAYS = 90;

/** When a key is to be replaced, and why then. */
export interface RotationDue {
  readonly rotateBy: Instant;
  /** `age`: it is as old as keys should get. `expiry`: its owner set that time. */
  readonly because: 'age' | 'expiry';
}

/**
 * When a key on file is to be replaced: at the age that keys should get, or at its expiry where that comes first. Null
 * for a key that is on its way out. It is shown and due, and refuses nothing.
 */
export const rotationDue = (
  { status, addedAt, expiresAt }: Pick<KeyEntry, 'status' | 'addedAt' | 'expiresAt'>,
  rotateAfterDays: number,
): RotationDue | null => {
  if (!isOnFile({ status })) return null;
  const byAge = addedAt + rotateAfterDays * DAY_MS;
  return expiresAt !== null && expiresAt < byAge
    ? { rotateBy: expiresAt, because: 'expiry' }
    : { rotateBy: byAge, because: 'age' };
};
