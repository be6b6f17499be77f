import { expect, test } from '@jest/globals';
import { LeastRecentlyUsed } from './leastRecentlyUsed';

test('lets go of what was put in longest ago', () => {
  const values = new LeastRecentlyUsed<string, number>(2);
  values.put('a', 1);
  values.put('b', 2);
  values.put('a', 3);
  values.put('c', 4);
  expect([values.take('a'), values.take('b'), values.take('c')]).toEqual([3, undefined, 4]);
  expect(values.take('a')).toBeUndefined();
});
