import type { KeyEntry, KeyStatus } from './state/keyEntry';
import type { Keyring } from './state/keyring';
import type { FailureReason } from './validation';

/** What a label is made of. A row of a read model has it as well as a keyring. */
export interface LabelInput {
  readonly status: KeyStatus;
  readonly failureReason: FailureReason | null;
  /** It is the workspace Default; a project's Default does not show here. */
  readonly isDefault: boolean;
  /** It was the workspace Default, and another took its place. */
  readonly wasDefault: boolean;
  readonly openRuns: number;
}

const FAILURE_WORDS: { readonly [R in FailureReason]: string } = {
  unfunded: 'credit exhausted',
  restricted: 'call not permitted',
  rejected: 'rejected by the vendor',
  leaked: 'reported as leaked',
  misdirected: 'wrong endpoint or region',
};

/** A failure reason in words for people, such as "credit exhausted". */
export const failureWords = (reason: FailureReason): string => FAILURE_WORDS[reason];

const standing = (input: LabelInput): string => {
  if (input.status === 'active') return 'Active';
  if (input.status === 'pending') return 'Pending validation';
  return input.failureReason === null
    ? 'Validation failed'
    : `Validation failed · ${failureWords(input.failureReason)}`;
};

/**
 * What a person reads of a key's state. A key being deleted says so before anything else; then `Default`, then that it
 * was Default before, then its state. A Default or previous Default that can't be used says both.
 *
 * @example
 * displayStatus({ status: 'failed', failureReason: 'unfunded', isDefault: true, wasDefault: false, openRuns: 0 })
 * // 'Default · Validation failed · credit exhausted'
 */
export const displayStatus = (input: LabelInput): string => {
  if (input.status === 'hard-deleted') return 'Deleted';
  if (input.status === 'retired') {
    return `Deleting · ${input.openRuns} ${input.openRuns === 1 ? 'run' : 'runs'} in flight`;
  }
  if (input.isDefault) return input.status === 'active' ? 'Default' : `Default · ${standing(input)}`;
  if (input.wasDefault)
    return input.status === 'active' ? 'Active (previous)' : `Previous · ${standing(input)}`;
  return standing(input);
};

/** A key's line on the list, in the form that customers are promised: `…AbCd · Active (previous)`. */
export const displayLine = (input: LabelInput & { readonly last4: string }): string =>
  `…${input.last4} · ${displayStatus(input)}`;

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
});
