import { beforeEach, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { makeProber } from '@keyturn/vendors';
import { addedKey, freshSite } from '../testSupport/site';
import { eventTypes } from '../testSupport/stream';
import { makeCheckLeakUntilDead, type LeakWatchOptions } from './checkLeakUntilDead';

const MINUTE = 60_000;
const caseId = 'SEC/1042';
let now = Date.now();
let waited: ReadonlyArray<number> = [];
const site = freshSite(() => ({ clock: () => now }));
beforeEach(() => {
  waited = [];
});

/** Watches on a clock that waiting alone moves. `then` is done in each wait, by its number. */
const watch = async (
  options: LeakWatchOptions,
  then: (wait: number) => void = () => undefined,
  signal?: AbortSignal,
) => {
  const { key, pasted } = await addedKey(site());
  await expectRight(site().keyturn.reportLeak(site().as(), { keyId: key.keyId, caseId }));
  const prober = makeProber({ endpointOverrides: site().sandbox.urls, now: () => now });
  const { checkLeak } = site().another({ clock: () => now, prober });
  const untilDead = makeCheckLeakUntilDead({
    checkLeak,
    clock: () => now,
    wait: (ms) => {
      waited = [...waited, ms];
      now += ms;
      then(waited.length);
      return Promise.resolve();
    },
  });
  const context = { ...site().as(), ...(signal === undefined ? {} : { signal }) };
  return { pasted, run: untilDead(context, { keyId: key.keyId, caseId }, null, options) };
};

test('it ends with the answer that shows the key dead: the third in a row, over five minutes', async () => {
  const told: Array<readonly [string, number | null]> = [];
  const { pasted, run } = await watch({
    forMs: 15 * MINUTE,
    onChecked: ({ says }, next) => void told.push([says, next]),
  });
  site().sandbox.setBehaviour(pasted, 'rejected');
  expect(await expectRight(run)).toMatchObject({ ended: 'dead', checks: 3, last: { dead: true } });
  expect(told).toEqual([
    ['dead', MINUTE],
    ['dead', 4 * MINUTE + 1_000],
    ['dead', null],
  ]);
});

test('an answer that it lives begins the row anew', async () => {
  const { pasted, run } = await watch({ forMs: 30 * MINUTE }, (wait) => {
    if (wait === 1) site().sandbox.setBehaviour(pasted, 'rejected');
  });
  expect(await expectRight(run)).toMatchObject({ ended: 'dead', checks: 4 });
  expect(waited).toEqual([MINUTE, 4 * MINUTE + 1_000, 5 * MINUTE]);
});

test('it ends when the time is over, after one last check, and each check is in the log', async () => {
  const { run } = await watch({ forMs: 15 * MINUTE });
  expect(await expectRight(run)).toMatchObject({ ended: 'time-over', checks: 5, last: { says: 'alive' } });
  expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(15 * MINUTE);
  const types = await eventTypes(site().eventStore);
  expect(types.filter((type) => type === 'KeyKillChecked')).toHaveLength(5);
});

test('it ends when its caller stops it, with what was recorded until then', async () => {
  const stop = new AbortController();
  const { run } = await watch({ forMs: 15 * MINUTE }, () => stop.abort(), stop.signal);
  expect(await expectRight(run)).toMatchObject({ ended: 'stopped', checks: 1 });
});

test('stopped while the vendor is asked, it ends with the answer before', async () => {
  const stop = new AbortController();
  const { pasted, run } = await watch(
    { forMs: 15 * MINUTE },
    () => site().sandbox.setBehaviour(pasted, 'held'),
    stop.signal,
  );
  const calls = site().sandbox.callsWith(pasted).length;
  const watching = run();
  await site().sandbox.untilCalled(pasted, calls + 2);
  stop.abort();
  expect(await watching).toMatchObject({ right: { ended: 'stopped', checks: 1, last: { says: 'alive' } } });
  const types = await eventTypes(site().eventStore);
  expect(types.filter((type) => type === 'KeyKillChecked')).toHaveLength(1);
});

test('it ends at once where nothing can be asked', async () => {
  const { key } = await addedKey(site());
  await expectRight(site().keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId }));
  const { checkLeakUntilDead } = site().keyturn;
  const run = checkLeakUntilDead(site().as(), { keyId: key.keyId, caseId }, null, { forMs: 15 * MINUTE });
  expect(await expectRight(run)).toMatchObject({ ended: 'not-checkable', checks: 1 });
});
