import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { Obstacle } from './obstacle';
import { untilFree } from './waiting';

afterEach(() => {
  jest.restoreAllMocks();
});

/** What is in the way at each look; afterwards nothing. */
const looking = (...inTheWay: ReadonlyArray<string>) => {
  let looks = 0;
  return {
    look: () => Promise.resolve(inTheWay[looks++] ?? null),
    looks: () => looks,
  };
};

describe('waiting for what is in the way', () => {
  test('looks again until nothing is', async () => {
    const { look, looks } = looking('a reader', 'another reader');
    await untilFree(60_000, look);
    expect(looks()).toBe(3);
  });

  test('looks once without patience, and says what it saw', async () => {
    jest.spyOn(Date, 'now').mockReturnValueOnce(1_000).mockReturnValueOnce(1_000);
    const { look, looks } = looking('a reader', 'another reader');
    await expect(untilFree(0, look)).rejects.toThrow(new Obstacle('a reader'));
    expect(looks()).toBe(1);
  });

  test('says what was in the way last when its patience has ended', async () => {
    jest.spyOn(Date, 'now').mockReturnValueOnce(1_000).mockReturnValueOnce(1_499).mockReturnValueOnce(1_500);
    const { look } = looking('a reader', 'another reader');
    await expect(untilFree(500, look)).rejects.toThrow(new Obstacle('another reader'));
  });
});
