import { expect, test } from '@jest/globals';
import type { Budget, TrustCheck } from './check';
import { runChecks } from './runChecks';

const silent = { begins: () => undefined, goesOn: () => undefined, ended: () => undefined };

const check = (name: string, run: TrustCheck['run']): TrustCheck => ({
  name,
  promise: `${name}.`,
  run,
  faulty: [],
});
const quiet = { figures: { rounds: 1 }, violations: [] };

test('each check gets the seed and an equal share of what is left', async () => {
  const budgets: Budget[] = [];
  const noting = (name: string) =>
    check(name, (budget) => {
      budgets.push(budget);
      return Promise.resolve(quiet);
    });
  const begun = Date.now();
  await runChecks([noting('a'), noting('b')], { durationMs: 100_000, seed: 7 }, silent);
  expect(budgets.map(({ seed }) => seed)).toEqual([7, 7]);
  const [first, second] = budgets.map(({ until }) => until - begun);
  expect(first).toBeGreaterThanOrEqual(50_000);
  expect(second).toBeGreaterThan(first ?? 0);
  expect(second).toBeLessThanOrEqual(100_000 + (Date.now() - begun));
});

test('a check that fails is told with its figures so far, and the others run all the same', async () => {
  const told: string[] = [];
  const results = await runChecks(
    [
      check('broken', (budget) => {
        budget.progress({ rounds: 3 });
        return Promise.reject(new Error('no disk'));
      }),
      check('sound', () => Promise.resolve({ ...quiet, violations: ['seen'] })),
    ],
    { durationMs: 1, seed: 1 },
    { ...silent, ended: ({ name }) => told.push(name) },
  );
  expect(results).toMatchObject([
    { name: 'broken', figures: { rounds: 3 }, violations: [], failure: expect.stringContaining('no disk') },
    { name: 'sound', violations: ['seen'], failure: null },
  ]);
  expect(told).toEqual(['broken', 'sound']);
});

test('a check that was left out is told as such', async () => {
  const leftOut = check('without', () =>
    Promise.resolve({ figures: {}, violations: [], leftOut: 'No server.' }),
  );
  const results = await runChecks([leftOut], { durationMs: 1, seed: 1 }, silent);
  expect(results).toMatchObject([{ name: 'without', leftOut: 'No server.', failure: null }]);
});
