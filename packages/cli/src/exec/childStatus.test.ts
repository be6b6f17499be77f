import { expect, test } from '@jest/globals';
import { endWords, statusOf, succeeded } from './childStatus';

test.each([
  [0, 0],
  [1, 11],
  [2, 12],
  [3, 13],
  [4, 4],
  [255, 255],
])('status %i is passed on as %i', (code, status) => {
  expect(statusOf({ code, signal: null })).toBe(status);
  expect(succeeded({ code, signal: null })).toBe(code === 0);
});

test('a signal is 128 and its number', () => {
  expect(statusOf({ code: null, signal: 'SIGTERM' })).toBe(143);
  expect(endWords({ code: null, signal: 'SIGTERM' })).toBe('was ended by SIGTERM');
  expect(succeeded({ code: null, signal: 'SIGTERM' })).toBe(false);
});
