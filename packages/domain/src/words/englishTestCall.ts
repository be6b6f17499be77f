import type { FailureReason, InconclusiveReason, ValidationOutcome } from '../validation';

const FAILED: { readonly [R in FailureReason]: string } = {
  unfunded: 'takes the key, but its account has no credit left or has reached its spending limit',
  restricted: 'takes the key, but does not permit this call (scope, region, address or model)',
  rejected: 'does not take the key',
  leaked: 'says that the key was reported as leaked',
  misdirected: 'does not know the key at this endpoint or in this region',
};

const UNDECIDED: { readonly [R in InconclusiveReason]: string } = {
  'vendor-error': 'answered with an error of its own',
  overloaded: 'is overloaded',
  timeout: 'did not answer in time',
  dns: 'was not found (DNS)',
  tls: 'could not be reached over TLS',
  connection: 'could not be reached',
  'unrecognised-answer': 'gave an answer that no rule knows',
};

const answered = ({ evidence }: ValidationOutcome): string =>
  evidence.status === null ? '' : ` (HTTP ${evidence.status})`;

export const testCall = (vendorName: string, outcome: ValidationOutcome): string => {
  switch (outcome.kind) {
    case 'accepted':
      return outcome.condition === 'completed'
        ? `Test call: ${vendorName} accepted the key${answered(outcome)}.`
        : `Test call: ${vendorName} knows the key, and throttles it just now${answered(outcome)}.`;
    case 'failed':
      return `Test call: ${vendorName} ${FAILED[outcome.reason]}${answered(outcome)}.`;
    case 'inconclusive':
      return `Test call: no verdict, ${vendorName} ${UNDECIDED[outcome.reason]}${answered(outcome)}.`;
  }
};
