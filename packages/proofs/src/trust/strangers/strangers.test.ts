import { expect, test } from '@jest/globals';
import { strangers } from './strangers';

const round = { until: 0, seed: 1, progress: () => undefined };

test('V-13: what somebody else answers, or makes of an answer, never counts against a key', async () => {
  const { figures, violations } = await strangers.run(round);
  expect(violations).toEqual([]);
  expect(Object.values(figures).every((count) => count > 0)).toBe(true);
});

test.each(strangers.faulty.map((part) => [part.name, part] as const))('%s is found out', async (_, part) => {
  const { violations } = await part.run(round);
  expect(violations.some((violation) => part.seen.test(violation))).toBe(true);
});
