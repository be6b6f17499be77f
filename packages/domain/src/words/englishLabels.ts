import type { FailureReason } from '../validation';
import type { LabelInput } from './catalogue';
import { runs } from './englishRuns';

const FAILURE: { readonly [R in FailureReason]: string } = {
  unfunded: 'credit exhausted',
  restricted: 'call not permitted',
  rejected: 'rejected by the vendor',
  leaked: 'reported as leaked',
  misdirected: 'wrong endpoint, region or model',
};

export const failure = (reason: FailureReason): string => FAILURE[reason];

const standing = ({ status, failureReason, suspended }: LabelInput): string => {
  if (suspended) return 'Suspended';
  if (status === 'active') return 'Active';
  if (status === 'pending') return 'Pending validation';
  return failureReason === null ? 'Validation failed' : `Validation failed · ${failure(failureReason)}`;
};

export const keyStatus = (key: LabelInput): string => {
  if (key.status === 'hard-deleted') return 'Deleted';
  if (key.status === 'retired') return `Deleting · ${runs(key.openRuns)} in flight`;
  const works = key.status === 'active' && !key.suspended;
  if (key.isDefault) return works ? 'Default' : `Default · ${standing(key)}`;
  if (key.wasDefault) return works ? 'Active (previous)' : `Previous · ${standing(key)}`;
  return standing(key);
};

export const keyLine = (key: LabelInput & { readonly last4: string }): string =>
  `…${key.last4} · ${keyStatus(key)}`;
