import { expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import { strangers } from './strangers';

const round = { until: 0, seed: 1, progress: () => undefined };

test('V-13: what somebody else answers, or makes of an answer, never counts against a key', async () => {
  const { figures, violations } = await strangers.run(round);
  expect(violations).toEqual([]);
  expect(Object.values(figures).every((count) => count > 0)).toBe(true);
});

test.each(sampled(strangers.faulty, 1))('$name is found out', async ({ run, seen }) => {
  const { violations } = await run(round);
  expect(violations.some((violation) => seen.test(violation))).toBe(true);
});
