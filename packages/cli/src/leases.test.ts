import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { givePast, startingRun } from './testSupport/pastOf';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const HOUR_MS = 3_600_000;

/** Two runs on the Default, of which one has a lease that has run out. */
const withLapsedRun = async (workspace: string): Promise<string> => {
  const { keyId } = await shop.add(workspace);
  const longAgo = Date.now() - 2 * HOUR_MS;
  await givePast(shop, workspace, [startingRun('lapsed', keyId, 60), startingRun('alive', keyId)], longAgo);
  return keyId;
};

const runsOf = async (workspace: string): Promise<unknown> =>
  at((await shop.ask(['runs', 'list', '--workspace', workspace])).document, 'runs');

test('I-30: no command ends a run whose lease is over by the clock; its key waits, and that is told', async () => {
  const keyId = await withLapsedRun('delete');
  const { status, document, stderr } = await shop.ask([
    ...['keys', 'delete', '--yes', keyId, '--workspace', 'delete'],
    '--leave-empty',
  ]);
  expect(status).toBe(0);
  expect(stderr).toBe(
    'By this clock the lease of lapsed is over. A service that runs ends that; ' +
      'where none does, look at the clock, then: keyturn sweep --expire\n',
  );
  expect(document).toMatchObject({ state: 'retired', openRuns: 2 });
  expect((await shop.run(['keys', 'list', '--workspace', 'delete'])).stderr).toMatch(
    /^Sealed to revision \d+\.\n$/,
  );
  const swept = await shop.run(['sweep', '--grace', '0']);
  expect(swept.status).toBe(0);
  expect(swept.stdout).toMatch(/delete +lapsed +a run whose lease ran out +left: overdue/);
  expect(await runsOf('delete')).toMatchObject([
    { runId: 'alive', open: true },
    { runId: 'lapsed', open: true },
  ]);
});

test('a run that finds no room is told how to end those whose lease is over, and they are ended then', async () => {
  const { keyId } = await shop.add('start');
  const longAgo = Date.now() - 2 * HOUR_MS;
  const alive = Array.from({ length: 9_999 }, (_, n) => startingRun(`alive-${n}`, keyId));
  await givePast(shop, 'start', [startingRun('lapsed', keyId, 60), ...alive], longAgo);
  const start = ['runs', 'start', 'another', '--workspace', 'start', '--lease', '60'];
  const refused = await shop.ask(start);
  expect([refused.status, at(refused.document, 'refused', 'code')]).toEqual([1, 'too-many-open-runs']);
  expect(at(refused.document, 'refused', 'facts', 'next')).not.toHaveLength(0);
  expect(refused.stderr).toContain('keyturn: refused (too-many-open-runs): ');
  expect(refused.stderr).toContain('keyturn sweep --expire');
  const swept = await shop.run(['sweep', '--expire', '--as', 'user:ada']);
  expect(swept.stdout).toMatch(/start +lapsed +a run whose lease ran out +ended/);
  expect((await shop.run(start)).status).toBe(0);
  const audit = await shop.ask([
    ...['audit', 'list', '--workspace', 'start', '--run', 'lapsed'],
    ...['--action', 'RunKeyReleased'],
  ]);
  expect(audit.document).toMatchObject({ entries: [{ actorKind: 'user', actorId: 'ada' }] });
});

test('a sweep that is told to expire takes a key in deletion with its last run, after the grace', async () => {
  const keyId = await withLapsedRun('drain');
  await shop.run(['runs', 'finish', 'alive', '--workspace', 'drain']);
  await shop.run(['keys', 'delete', '--yes', keyId, '--workspace', 'drain', '--leave-empty']);
  const young = await shop.run(['sweep', '--expire', '--grace', String(24 * 3_600)]);
  expect(young.stdout).toMatch(/drain +lapsed +a run whose lease ran out +left: within-grace/);
  const { document } = await shop.ask(['sweep', '--expire']);
  expect(at(document, 'sweep', 'repairs')).toContainEqual({
    workspaceId: 'drain',
    kind: 'lapsed-run',
    keyId: null,
    runId: 'lapsed',
  });
  expect((await shop.ask(['history', '--workspace', 'drain'])).document).toMatchObject({
    keys: [],
    openRuns: [],
  });
});
