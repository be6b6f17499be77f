import { expect, test } from '@jest/globals';
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
  const runs = ['bb', 'dd', 'aa', 'ee', 'cc', 'hh', 'gg', 'ff'].map((id, i) => atOnce(id, i + 2, 10));
  expect(expired(3, ...runs)).toEqual(['aa', 'bb', 'cc']);
  expect(expired(3, ...[...runs].reverse())).toEqual(['aa', 'bb', 'cc']);
});
