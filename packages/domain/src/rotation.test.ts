import { expect, test } from '@jest/globals';
import { rotationDue } from './rotation';

const DAY = 86_400_000;
const key = { status: 'active', addedAt: 10 * DAY, expiresAt: null } as const;

test('a key is due at the age that keys should get', () => {
  expect(rotationDue(key, 90)).toEqual({ rotateBy: 100 * DAY, because: 'age' });
  expect(rotationDue({ ...key, expiresAt: 200 * DAY }, 90)).toEqual({ rotateBy: 100 * DAY, because: 'age' });
});

test('or at its expiry, where that comes first', () => {
  expect(rotationDue({ ...key, expiresAt: 20 * DAY }, 90)).toEqual({ rotateBy: 20 * DAY, because: 'expiry' });
  expect(rotationDue({ ...key, expiresAt: 1 }, 90)).toEqual({ rotateBy: 1, because: 'expiry' });
});

test.each([
  ['pending', true],
  ['failed', true],
  ['retired', false],
  ['hard-deleted', false],
] as const)('a key that is %s is due: %s', (status, isDue) => {
  expect(rotationDue({ ...key, status }, 90) !== null).toBe(isDue);
});
