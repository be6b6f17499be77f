import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nothingRecent, recall, RecentDraft, type Recent } from './recent';

const remember = (
  base: Recent<string, number>,
  count: number,
  from = 0,
  limit = 32,
): Recent<string, number> => {
  const draft = new RecentDraft(base, limit);
  for (let i = from; i < from + count; i++) draft.add(`k${i}`, i, i);
  return draft.finish();
};
const size = (recent: Recent<string, number>) =>
  recent.generations.reduce((n, { entries }) => n + entries.size, 0);

describe('a bounded memory', () => {
  test('keeps the newest, never more than its limit, and forgets the oldest first', () => {
    const recent = remember(nothingRecent, 1_000);
    expect(size(recent)).toBeLessThanOrEqual(32);
    expect(size(recent)).toBeGreaterThanOrEqual(30);
    expect(recall(recent, 'k999')).toBe(999);
    expect(recall(recent, 'k900')).toBeUndefined();
  });

  test('tells of everything that it forgets, once', () => {
    const forgotten: string[] = [];
    const draft = new RecentDraft<string, number>(nothingRecent, 32, ({ entries }) =>
      forgotten.push(...entries.keys()),
    );
    for (let i = 0; i < 100; i++) draft.add(`k${i}`, i, i);
    const kept = draft.finish().generations.flatMap(({ entries }) => [...entries.keys()]);
    expect([...forgotten, ...kept]).toEqual(Array.from({ length: 100 }, (_, i) => `k${i}`));
  });

  test('forgets what lies before an edge in time', () => {
    const draft = new RecentDraft(remember(nothingRecent, 10), 32);
    draft.forgetBefore(8);
    const kept = draft.finish();
    expect(recall(kept, 'k8')).toBe(8);
    expect(recall(kept, 'k7')).toBeUndefined();
    draft.forgetBefore(1_000);
    expect(size(draft.finish())).toBe(0);
  });

  test('leaves what it was made from alone', () => {
    const base = remember(nothingRecent, 31);
    const entriesOf = () => base.generations.map(({ entries, newestAt }) => [...entries, newestAt]);
    const before = entriesOf();
    remember(base, 1, 50);
    remember(base, 50, 100);
    expect(entriesOf()).toEqual(before);
    expect(recall(base, 'k50')).toBeUndefined();
  });

  test('keeps no more than its limit of one that was made of more, and smaller, generations', () => {
    const smaller = Array.from({ length: 16 }, (_, i) => ({
      entries: new Map([0, 1].map((more) => [`k${2 * i + more}`, 2 * i + more])),
      newestAt: 2 * i + 1,
    }));
    const recent = remember({ generations: smaller }, 100, 32);
    expect(size(recent)).toBeLessThanOrEqual(32);
    expect(recall(recent, 'k131')).toBe(131);
  });

  test('is the same whether it was built in one go or in many', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 12 }),
        fc.integer({ min: 1, max: 80 }),
        (counts, limit) => {
          let at = 0;
          let step: Recent<string, number> = nothingRecent;
          for (const count of counts) {
            step = remember(step, count, at, limit);
            at += count;
          }
          expect(step).toEqual(remember(nothingRecent, at, 0, limit));
        },
      ),
    );
  });
});
