import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { makeRateLimit } from './rateLimit';

describe('the limit of test calls', () => {
  test('says how long to wait, and lets through then', () => {
    let now = 1_000;
    const limit = makeRateLimit(2, () => now);
    expect(limit.take('w')).toEqual(E.right(undefined));
    now += 10_000;
    expect(limit.take('w')).toEqual(E.right(undefined));
    now += 10_000;
    expect(limit.take('w')).toMatchObject(E.left({ code: 'rate-limited', facts: { waitMs: 40_000 } }));
    now += 39_999;
    expect(E.isLeft(limit.take('w'))).toBe(true);
    now += 1;
    expect(E.isRight(limit.take('w'))).toBe(true);
  });

  test('is looked at without being counted', () => {
    const limit = makeRateLimit(1, () => 1_000);
    expect(limit.room('w')).toEqual(E.right(undefined));
    expect(limit.room('w')).toEqual(E.right(undefined));
    expect(limit.take('w')).toEqual(E.right(undefined));
    expect(limit.room('w')).toEqual(limit.take('w'));
    expect(limit.room('w')).toMatchObject(E.left({ code: 'rate-limited', facts: { waitMs: 60_000 } }));
  });

  test('is each workspace’s own', () => {
    const limit = makeRateLimit(1, () => 1_000);
    expect(E.isRight(limit.take('a'))).toBe(true);
    expect(E.isRight(limit.take('b'))).toBe(true);
    expect(E.isLeft(limit.take('a'))).toBe(true);
  });

  test('a clock that was set back locks nobody out', () => {
    let now = 1_000_000;
    const limit = makeRateLimit(1, () => now);
    limit.take('w');
    now = 1_000;
    expect(E.isRight(limit.take('w'))).toBe(true);
  });

  test('lets through no more than it says in any minute, and no less', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(30_000)), { maxLength: 40 }),
        (perMinute, steps) => {
          let now = 0;
          const limit = makeRateLimit(perMinute, () => now);
          const passed: Array<readonly [string, number]> = [];
          for (const [workspace, wait] of steps) {
            now += wait;
            const recent = passed.filter(([name, at]) => name === workspace && at > now - 60_000).length;
            const expected = recent < perMinute;
            if (E.isRight(limit.take(workspace)) !== expected) return false;
            if (expected) passed.push([workspace, now]);
          }
          return true;
        },
      ),
    );
  });
});
