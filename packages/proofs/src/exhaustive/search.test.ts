import { expect, test } from '@jest/globals';
import { toldOf } from './everyState';
import { FAULTY_CASES } from './faultyCases';
import { search } from './search';

// The numbers of states are asserted so that a rule which shuts off or opens up states is noticed. What closes at three
// keys takes minutes: `scripts/trust --only every-state`.

test('every state of 2 keys, 2 vendors, 1 project and 1 run keeps every invariant', () => {
  const result = search({ keys: 2, vendors: 2, secrets: 2, projects: 1, runs: 1, depth: Infinity });
  expect(result.counterexample).toBeNull();
  expect(result).toMatchObject({ closed: true, states: 2_065, depth: 11 });
});

test('every state of 2 keys of a vendor, where workspaces are closed and projects follow the Default', () => {
  const result = search({
    keys: 2,
    vendors: 1,
    secrets: 2,
    projects: 1,
    runs: 1,
    closing: true,
    depth: Infinity,
  });
  expect(result.counterexample).toBeNull();
  expect(result).toMatchObject({ closed: true, states: 3_357, depth: 13 });
});

test('every state of 2 keys of a vendor, where reports of leaks are withdrawn and keys are suspended', () => {
  const result = search({
    keys: 2,
    vendors: 1,
    secrets: 2,
    projects: 1,
    runs: 1,
    leaks: true,
    depth: Infinity,
  });
  expect(result.counterexample).toBeNull();
  expect(result).toMatchObject({ closed: true, states: 4_219 });
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
