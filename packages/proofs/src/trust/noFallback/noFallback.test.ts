import { expect, test } from '@jest/globals';
import { noFallback } from './noFallback';

const budget = { until: 0, seed: 1, progress: () => undefined };

test('each run gets its own pinned key, or a refusal or fault', async () => {
  const { figures, violations } = await noFallback.run(budget);
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ 'other rows opened': 0, 'operator credentials read': 0 });
  expect(Object.entries(figures).filter(([, count]) => count === 0)).toHaveLength(2);
});

// All of them are tried by `scripts/trust --faulty`.
const [sample] = noFallback.faulty;

test(`the check finds ${sample?.name ?? 'nothing'}`, async () => {
  const found = await sample?.run({ ...budget, seed: 5, until: Date.now() + 40_000 });
  expect(found?.violations).toHaveLength(1);
  expect(found?.violations[0]).toMatch(sample?.seen ?? /^$/);
  expect(found?.violations[0]).toMatch(/\(seed \d+, path \d+\)$/);
});
