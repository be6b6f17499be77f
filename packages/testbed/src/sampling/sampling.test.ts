import { expect, test } from '@jest/globals';
import { longRuns, sampled, WHOLE } from '.';

test('a sample is so many of all, in their order, and the same in one run', () => {
  const all = Array.from({ length: 50 }, (_, n) => n);
  const some = sampled(all, 7);
  expect(some).toHaveLength(WHOLE ? 50 : 7);
  expect([...new Set(some)].sort((a, b) => a - b)).toEqual(some);
  expect(sampled(all, 7)).toEqual(some);
  expect(sampled(all, 51)).toEqual(all);
});

test('a generated run is made a fifth as often, and once at least', () => {
  expect([1, 12, 400].map(longRuns)).toEqual(WHOLE ? [1, 12, 400] : [1, 3, 80]);
});
