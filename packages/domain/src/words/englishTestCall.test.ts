import { expect, test } from '@jest/globals';
import type { FailureCause, FailureReason } from '../validation';
import { testCall } from './englishTestCall';

const failed = (reason: FailureReason, cause?: FailureCause): string =>
  testCall('AWS Bedrock', {
    kind: 'failed',
    reason,
    callStartedAt: 0,
    evidence: {
      status: 403,
      code: null,
      requestId: null,
      latencyMs: 1,
      ...(cause === undefined ? {} : { cause }),
    },
  });

test('V-8: a failed test call says its cause where the vendor does', () => {
  expect(failed('restricted', 'address')).toBe(
    'Test call: AWS Bedrock takes the key, but does not permit this call: not from this IP address (HTTP 403).',
  );
  expect(failed('restricted')).toBe(
    'Test call: AWS Bedrock takes the key, but does not permit this call (HTTP 403).',
  );
});

test('what a vendor does not tell apart is said as both', () => {
  expect(failed('rejected')).toBe('Test call: AWS Bedrock does not take the key (HTTP 403).');
  expect(failed('rejected', 'region')).toBe(
    'Test call: AWS Bedrock does not take the key: it is no valid key, or it is a key of another region (HTTP 403).',
  );
  expect(failed('rejected', 'credit')).toBe(
    'Test call: AWS Bedrock does not take the key: it is no valid key, or its account has no credit left (HTTP 403).',
  );
});
