import type { KeyEntry } from './state/keyEntry';
import type { Keyring } from './state/keyring';
import type { FailureReason } from './validation';
import type { Catalogue, LabelInput } from './words/catalogue';
import { english } from './words/english';

/** A failure reason in words for people, such as "credit exhausted". */
export const failureWords = (reason: FailureReason, words: Catalogue = english): string =>
  words.failure(reason);

/**
 * What a person reads of a key's state. A key being deleted says so before anything else; then `Default`, then that it
 * was Default before, then that it is suspended, then its state. A Default or previous Default that can't be used says
 * both.
 *
 * @example
 * displayStatus({
 *   status: 'failed', failureReason: 'unfunded', isDefault: true, wasDefault: false, openRuns: 0, suspended: false,
 * })
 * // 'Default · Validation failed · credit exhausted'
 */
export const displayStatus = (input: LabelInput, words: Catalogue = english): string =>
  words.keyStatus(input);

/** A key's line on the list, in the form that customers are promised: `…AbCd · Active (previous)`. */
export const displayLine = (
  input: LabelInput & { readonly last4: string },
  words: Catalogue = english,
): string => words.keyLine(input);

/** A keyring's key as its label sees it. */
export const labelInputOf = (
  keyring: Pick<Keyring, 'workspaceDefault'>,
  key: KeyEntry,
): LabelInput & { readonly last4: string } => ({
  last4: key.last4,
  status: key.status,
  failureReason: key.failureReason,
  isDefault: keyring.workspaceDefault === key.keyId,
  wasDefault: key.wasDefault,
  openRuns: key.openRuns,
  suspended: key.suspended,
});
