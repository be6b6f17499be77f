import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
  await shop.add('acme');
});
afterEach(() => shop.close());

const runs = async (...words: ReadonlyArray<string>): Promise<unknown> =>
  at((await shop.ask(['runs', 'list', '--workspace', 'acme', ...words])).document, 'runs');

test('D: --since has the runs that held a key then or later, --until those that began before', async () => {
  await shop.run(['runs', 'start', 'run-1', '--workspace', 'acme']);
  const open = new Date(Date.now() + 60_000).toISOString();
  expect(await runs('--since', open)).toMatchObject([{ runId: 'run-1', open: true }]);
  await shop.run(['runs', 'finish', 'run-1', '--workspace', 'acme']);
  const today = open.slice(0, 10);
  expect(await runs('--since', new Date(Date.now() + 60_000).toISOString())).toEqual([]);
  expect(await runs('--since', '2026-01-01', '--until', today)).toMatchObject([{ runId: 'run-1' }]);
  expect(await runs('--until', '2026-01-01')).toEqual([]);
  // It has one, and none that is asked for.
  const none = await shop.run(['runs', 'list', '--workspace', 'acme', '--until', '2026-01-01']);
  expect(none.stdout).toBe('Workspace acme has no run in this time.\n');
  const ahead = await shop.run(['runs', 'list', '--workspace', 'acme', '--since', '2999-01-01']);
  expect(ahead.stderr).toContain('--since lies in the future.\n');
});

test('F-C2: --limit says how to go on, and --all gives all', async () => {
  for (const run of ['a', 'b', 'c']) await shop.run(['runs', 'start', run, '--workspace', 'acme']);
  const { document, stderr } = await shop.ask(['runs', 'list', '--workspace', 'acme', '--open', '-L', '2']);
  expect(document).toMatchObject({ more: true, runs: [{ runId: 'c' }, { runId: 'b' }] });
  expect(stderr).toContain(`There are more: --after ${String(at(document, 'next'))}, or --all`);
  expect(await runs('--open', '--all')).toMatchObject([{ runId: 'c' }, { runId: 'b' }, { runId: 'a' }]);
});
