import { describe, expect, test } from '@jest/globals';
import { Others, Turns } from './contention';

/** How often it waited. */
const waited = async (turns: Turns): Promise<number> => {
  const before = turns.pauses;
  await turns.wait();
  return turns.pauses - before;
};

describe('SC-5: the turns of a process', () => {
  test('one that loses whole batches waits, and begins anew after that', async () => {
    const turns = new Turns();
    expect(await waited(turns)).toBe(0);
    turns.lost(64, 1, 1);
    expect(await waited(turns)).toBe(1);
    expect(await waited(turns)).toBe(0);
  });

  test('one lost command among many does not hold up the others, and one among few does', async () => {
    const turns = new Turns();
    turns.won(64, 1_000);
    turns.lost(1, 1, 1);
    expect(await waited(turns)).toBe(0);
    turns.lost(16, 1, 1);
    expect(await waited(turns)).toBe(1);
  });

  test('what went through long ago does not count against what is lost now', async () => {
    const turns = new Turns();
    for (let n = 0; n < 1_000; n += 1) turns.won(64, 1_000);
    turns.lost(64, 2, 1);
    expect(await waited(turns)).toBe(1);
  });

  test('one that always wins lets others have a turn, once it has met them', async () => {
    const turns = new Turns();
    turns.won(64, 0);
    expect(await waited(turns)).toBe(0);
    turns.metOthers();
    turns.won(64, 1_000_000);
    expect(await waited(turns)).toBe(0);
    turns.won(64, 0);
    expect(await waited(turns)).toBe(1);
  });
});

test('SC-5: a stream is looked at while others append to it, and once after each wait', () => {
  const others = new Others();
  const turns = { pauses: 0 };
  expect(others.areLikely(turns)).toBe(false);
  others.saw(true);
  for (let n = 0; n < 3; n += 1) {
    expect(others.areLikely(turns)).toBe(true);
    others.saw(false);
  }
  expect(others.areLikely(turns)).toBe(false);
  turns.pauses = 1;
  expect(others.areLikely(turns)).toBe(true);
  others.saw(false);
  expect(others.areLikely(turns)).toBe(false);
});
