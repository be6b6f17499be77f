import type { FailureCause, FailureReason, InconclusiveReason, ValidationOutcome } from '../validation';

const FAILED: { readonly [R in FailureReason]: string } = {
  unfunded: 'takes the key, but its account has no credit left or has reached its spending limit',
  restricted: 'takes the key, but does not permit this call',
  rejected: 'does not take the key',
  leaked: 'says that the key was reported as leaked',
  misdirected: 'does not take the key as it was added',
};

const UNDECIDED: { readonly [R in InconclusiveReason]: string } = {
  'vendor-error': 'answered with an error of its own',
  overloaded: 'is overloaded',
  timeout: 'did not answer in time',
  dns: 'was not found (DNS)',
  tls: 'could not be reached over TLS',
  connection: 'could not be reached',
  proxy: "could not be reached: the operator's proxy did not connect the call",
  'unrecognised-answer': 'gave an answer that no rule knows',
  'model-unavailable': 'no longer has the models that a test call asks for',
  region: 'does not serve the region where this service runs',
  'our-request': 'found fault with the test call itself',
};

const CAUSE: { readonly [C in FailureCause]: string } = {
  scope: "the key's own scope leaves it out",
  address: 'not from this IP address',
  model: 'not with this model',
  organisation: 'its organisation or project is barred from it',
  account: 'its account is suspended',
  region: 'it is a key of another region',
  workspace: 'the call has to name its workspace',
  endpoint: 'it belongs to another endpoint',
  deployment: 'there is no such deployment',
  'key-kind': 'it is another kind of key',
  credit: 'its account has no credit left',
};

/** Such as `: not from this IP address`, where the vendor says it. What it does not tell apart is said as that. */
const because = (reason: FailureReason, cause: FailureCause | undefined): string => {
  if (cause === undefined) return '';
  return `: ${reason === 'rejected' ? 'it is no valid key, or ' : ''}${CAUSE[cause]}`;
};

const failed = (reason: FailureReason, cause: FailureCause | undefined): string =>
  `${FAILED[reason]}${because(reason, cause)}`;

const answered = ({ evidence }: ValidationOutcome): string =>
  evidence.status === null ? '' : ` (HTTP ${evidence.status})`;

export const testCall = (vendorName: string, outcome: ValidationOutcome): string => {
  switch (outcome.kind) {
    case 'accepted':
      return outcome.condition === 'completed'
        ? `Test call: ${vendorName} accepted the key${answered(outcome)}.`
        : `Test call: ${vendorName} knows the key, and throttles it just now${answered(outcome)}.`;
    case 'failed':
      return `Test call: ${vendorName} ${failed(outcome.reason, outcome.evidence.cause)}${answered(outcome)}.`;
    case 'inconclusive':
      return `Test call: no verdict, ${vendorName} ${UNDECIDED[outcome.reason]}${answered(outcome)}.`;
  }
};
