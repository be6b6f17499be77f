import { expect, test } from '@jest/globals';
import { add, command } from '../testSupport/commands';
import { commandDigest } from './commandDigest';

// As the releases before expiries wrote it: a retry of theirs is known again after an upgrade.
const OF_BEFORE = '9lpvNs0ZzDqkqyhl0-y3I-_M2oxABHgrGXO-LpxeUj0';

test('an add without an expiry has the digest that it had before there were any', () => {
  expect(commandDigest(command(add('k1', { label: 'prod' }), 1))).toBe(OF_BEFORE);
});

test('an add with one is another command', () => {
  expect(commandDigest(command(add('k1', { label: 'prod', expiresAt: 1 }), 1))).not.toBe(OF_BEFORE);
});
