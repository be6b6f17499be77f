import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accept, add, command, expire, start, T0 } from '../testSupport/commands';
import { givenUnder } from '../testSupport/given';

const one = [add('k1'), accept('k1')] as const;
const atOnce = (id: string, place: number, lease: number) =>
  command(start(id, { lease }), place, { time: T0, issuedAt: T0 });

const expired = (maxExpiriesPerCommand: number, ...runs: ReadonlyArray<ReturnType<typeof atOnce>>) => {
  const outcome = givenUnder({ maxExpiriesPerCommand })(...one, ...runs).when(expire(1_000));
  return 'emitted' in outcome
    ? outcome.emitted.map(({ data }) => ('runId' in data ? data.runId : null))
    : outcome;
};

test('the longest lapsed go first, however they were started', () => {
  expect(expired(2, atOnce('r1', 2, 30), atOnce('r2', 3, 10), atOnce('r3', 4, 20))).toEqual(['r2', 'r3']);
  expect(expired(9, atOnce('r1', 2, 10), atOnce('r2', 3, 30), atOnce('r3', 4, 20))).toEqual([
    'r1',
    'r3',
    'r2',
  ]);
});

test('of those that lapsed together, in the order of their ids: every process expires the same ones', () => {
  // An open pin's place in memory hangs on its id: only ids of many shapes show an order that nothing but the ids
  // makes.
  const ids = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/), {
    minLength: 2,
    maxLength: 12,
  });
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 12 }), (runIds, most) => {
      const runs = runIds.map((id, i) => atOnce(id, i + 2, 10));
      expect(expired(most, ...runs)).toEqual([...runIds].sort().slice(0, most));
    }),
  );
});
