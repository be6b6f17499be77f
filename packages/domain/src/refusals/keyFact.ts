import type { KeyId, Vendor } from '../ids';
import { failureWords } from '../labels';
import type { KeyEntry, KeyStatus } from '../state/keyEntry';
import type { FailureReason } from '../validation';

/** What a refusal tells of a key. */
export interface KeyFact {
  readonly keyId: KeyId;
  readonly vendor: Vendor;
  readonly last4: string;
  readonly label: string | null;
  readonly status: KeyStatus;
  readonly failureReason: FailureReason | null;
  /** Nothing but a kill check gets its secret; left out where that is not so. */
  readonly suspended?: true;
}

export const keyFact = (entry: KeyEntry): KeyFact => ({
  keyId: entry.keyId,
  vendor: entry.vendor,
  last4: entry.last4,
  label: entry.label,
  status: entry.status,
  failureReason: entry.failureReason,
  ...(entry.suspended ? { suspended: true } : {}),
});

/** `…AbCd (keyId)`: last 4 for people, the id because several keys may share them. */
export const named = (key: { readonly last4: string; readonly keyId: string }): string =>
  `…${key.last4} (${key.keyId})`;

/** A sentence with more is read by nobody; `candidates` has all of them. */
const MOST_NAMED = 10;

/** "…AbCd (k1), …EfGh (k2)", or the word for none. */
export const namedAll = (keys: ReadonlyArray<KeyFact>, none: string): string =>
  keys.length === 0
    ? none
    : keys.slice(0, MOST_NAMED).map(named).join(', ') +
      (keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : '');

/** "is pending: it has not passed a test call yet". */
export const stateOf = (key: Pick<KeyFact, 'status' | 'failureReason' | 'suspended'>): string => {
  if (key.suspended === true && key.status !== 'retired') return 'is suspended';
  switch (key.status) {
    case 'pending':
      return 'is pending: it has not passed a test call yet';
    case 'active':
      return 'is active';
    case 'failed':
      return `failed validation${key.failureReason === null ? '' : ` (${failureWords(key.failureReason)})`}`;
    case 'retired':
      return 'is being deleted and only waits for its last run';
    case 'hard-deleted':
      return 'was hard-deleted';
  }
};
