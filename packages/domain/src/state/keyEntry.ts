import type { Fingerprint } from '../events';
import type { KeyId, Vendor } from '../ids';
import type { Instant } from '../instant';
import type { FailureReason } from '../validation';

/** Where a key is in its life. On file: `pending`, `active` or `failed`. Terminal: `hard-deleted`. */
export type KeyStatus = 'pending' | 'active' | 'failed' | 'retired' | 'hard-deleted';

/** What the keyring knows of one key that was ever added: never a secret. */
export interface KeyEntry {
  readonly keyId: KeyId;
  readonly vendor: Vendor;
  readonly endpoint: string | null;
  readonly region: string | null;
  /** What its test call asks for; null where that is the vendor table's own. */
  readonly model: string | null;
  readonly label: string | null;
  readonly last4: string;
  readonly fingerprint: Fingerprint;
  /** When its owner wants it replaced; null for never. It refuses nothing. */
  readonly expiresAt: Instant | null;
  readonly status: KeyStatus;
  /** Why the last verdict made the key unusable; null unless `failed`. */
  readonly failureReason: FailureReason | null;
  /** An active key had one 401 that a second one has not confirmed yet. */
  readonly rejectionUnconfirmed: boolean;
  /** It was the workspace Default, and another took its place. */
  readonly wasDefault: boolean;
  readonly addedAt: Instant;
  /** When the call behind the last verdict began; a verdict of an earlier call is dropped. */
  readonly lastVerdictCallAt: Instant | null;
  /** Runs whose pin on this key has not been released, interrupted ones too. */
  readonly openRuns: number;
  /** Nothing but a kill check gets its secret, until it is reinstated. */
  readonly suspended: boolean;
  /** Who last accepted it: `vendor`, or the origin that an operator had called in its place; null for nobody yet. */
  readonly acceptedFrom: string | null;
  /** The vault has proven the secret gone. */
  readonly destroyed: boolean;
}

/** The vendor itself, as a key's `acceptedFrom` names it. */
export const THE_VENDOR = 'vendor';

/** Pending, active or failed: a key that counts as the workspace's. */
export const isOnFile = (entry: Pick<KeyEntry, 'status'>): boolean =>
  entry.status === 'pending' || entry.status === 'active' || entry.status === 'failed';

/** Shown by a list of keys: on file, or retired. */
export const isListed = ({ status }: Pick<KeyEntry, 'status'>): boolean => status !== 'hard-deleted';

/** Hard-deleted, and proven gone: nothing but the end of a run that held it changes it any more. */
export const isGoneForGood = ({ status, destroyed }: Pick<KeyEntry, 'status' | 'destroyed'>): boolean =>
  status === 'hard-deleted' && destroyed;
