import { expect, test } from '@jest/globals';
import type { Figures } from '../check';
import { canaries } from './canaries';

test('a round finds nothing of any canary', async () => {
  const told: Figures[] = [];
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { figures, violations } = await canaries.run({
    until: 0,
    seed,
    progress: (soFar) => void told.push(soFar),
  });
  expect({ seed, violations }).toEqual({ seed, violations: [] });
  expect(figures).toMatchObject({ rounds: 1, findings: 0 });
  expect(told).toEqual([figures]);
  const counted = Object.entries(figures).filter(([name]) => name !== 'findings');
  expect(counted.filter(([, count]) => count === 0)).toEqual([]);
});
