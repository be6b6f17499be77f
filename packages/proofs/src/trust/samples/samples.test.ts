import { expect, test } from '@jest/globals';
import { samples } from './samples';

test('a suite that fails only when it goes through everything is found out', async () => {
  const [faulty] = samples.faulty;
  const found = await faulty?.run({ until: 0, seed: 1, progress: () => undefined });
  expect(found?.violations).toEqual([expect.stringMatching(faulty?.seen ?? '')]);
});
