import { expect, test } from '@jest/globals';
import { operatorPath } from './operatorPath';

test('the operator’s path and the customers’ path share no code', async () => {
  const { figures, violations } = await operatorPath.run({
    until: 0,
    seed: 1,
    progress: () => undefined,
  });
  expect(violations).toEqual([]);
  expect(Object.entries(figures).filter(([, count]) => count === 0)).toEqual([['files in both', 0]]);
});
