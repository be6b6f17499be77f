import { expect, test } from '@jest/globals';
import { LeastRecentlyUsed } from './leastRecentlyUsed';

test('lets go of what was put in longest ago, as far as all is too large together', () => {
  const values = new LeastRecentlyUsed<string, number>(10);
  values.put('a', 1, 5);
  values.put('b', 2, 4);
  values.put('a', 3, 6);
  expect([values.take('a'), values.take('b')]).toEqual([3, 2]);
  values.put('a', 3, 6);
  values.put('b', 2, 1);
  values.put('c', 4, 9);
  expect([values.take('a'), values.take('b'), values.take('c')]).toEqual([undefined, 2, 4]);
  expect(values.take('b')).toBeUndefined();
});

test('keeps the newest, however large it is, and nothing beside it', () => {
  const values = new LeastRecentlyUsed<string, number>(10);
  values.put('a', 1, 1);
  values.put('b', 2, 11);
  expect(values.take('a')).toBeUndefined();
  expect(values.take('b')).toBe(2);
  values.put('c', 3, 10);
  expect(values.take('c')).toBe(3);
});
