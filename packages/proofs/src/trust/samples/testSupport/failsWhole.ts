import { expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';

test('holds for each sample, and not for all', () => {
  expect(sampled(['one', 'another'], 1)).toHaveLength(1);
});
