import { expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import type { Bounds } from './bounds';
import { toldOf } from './everyState';
import { FAULTY_CASES } from './faultyCases';
import { search, type SearchResult } from './search';

// The numbers of states are asserted so that a rule which shuts off or opens up states is noticed. What closes at three
// keys takes minutes: `scripts/trust --only every-state`.

const SMALL = { keys: 2, vendors: 1, secrets: 2, projects: 1, runs: 1, depth: Infinity };
const WHOLE: ReadonlyArray<readonly [string, Bounds, Partial<SearchResult>]> = [
  ['2 keys of 2 vendors', { ...SMALL, vendors: 2 }, { states: 2_065, depth: 11 }],
  [
    '2 keys, where workspaces are closed and projects follow the Default',
    { ...SMALL, closing: true },
    { states: 3_357, depth: 13 },
  ],
  [
    '2 keys, where reports of leaks are withdrawn and keys are suspended',
    { ...SMALL, leaks: true },
    { states: 4_219 },
  ],
];

test.each(sampled(WHOLE, 1))('every state of %s', (_, bounds, found) => {
  const result = search(bounds);
  expect(result.counterexample).toBeNull();
  expect(result).toMatchObject({ closed: true, ...found });
});

test('every state of 3 keys, 2 vendors, 2 projects and 2 runs within 4 commands keeps every invariant', () => {
  const result = search({ keys: 3, vendors: 2, secrets: 2, projects: 2, runs: 2, depth: 4 });
  expect(result.counterexample).toBeNull();
  expect(result).toMatchObject({ closed: false, states: 207, depth: 4 });
});

test('every state of the leak case of a key that is alone', () => {
  const result = search({
    keys: 1,
    vendors: 1,
    secrets: 1,
    projects: 0,
    runs: 0,
    cases: true,
    depth: Infinity,
  });
  expect(result.counterexample).toBeNull();
  expect(result).toMatchObject({ closed: true, states: 1_161 });
});

test('every state of the leak case of a key beside another within 4 commands', () => {
  const result = search({ keys: 2, vendors: 1, secrets: 2, projects: 0, runs: 0, cases: true, depth: 4 });
  expect(result.counterexample).toBeNull();
  expect(result).toMatchObject({ closed: false, states: 322 });
});

test.each(FAULTY_CASES)('the search finds out $name', ({ decider, seen }) => {
  const bounds = { keys: 2, vendors: 1, secrets: 2, projects: 0, runs: 0, cases: true, depth: 6 } as const;
  const { counterexample } = search(bounds, { decider });
  expect(counterexample === null ? 'nothing' : toldOf(counterexample)).toMatch(seen);
});
