import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import type { AuthorizationRequest } from '../authorization';
import { intercepted, type Interception } from '../testSupport/interceptedStore';
import type { Keyturn } from '../keyturn';
import type { KeyturnOptions } from '../options';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { historyOf } from '../testSupport/stream';
import { HOUR_MS, swept, SWEEPER } from '../testSupport/sweeping';
import type { SweepRequest } from './request';

const site = freshSite();

const MINUTE_MS = 60_000;
const GRACE_MS = 10 * MINUTE_MS;

/** Clocks of a service and of its store, which agree, and one that nobody sets. */
const makeClocks = () => {
  const clocks = { now: Date.now(), monotonic: 0 };
  const at = (options: Partial<KeyturnOptions> = {}): Keyturn =>
    site().another({
      eventStore: { ...site().eventStore, clock: () => TE.right(clocks.now)() },
      clock: () => clocks.now,
      monotonicClock: () => clocks.monotonic,
      ...options,
    });
  const pass = (ms: number): void => {
    clocks.now += ms;
    clocks.monotonic += ms;
  };
  return { clocks, at, pass };
};

const look = (keyturn: Keyturn, request: Partial<SweepRequest> = {}) =>
  swept(site(), { graceMs: GRACE_MS, ...request }, keyturn);

const ended = async (keyturn: Keyturn, request: Partial<SweepRequest> = {}) =>
  (await look(keyturn, request)).repairs.flatMap(({ kind, runId }) => (kind === 'lapsed-run' ? [runId] : []));

const openRuns = async (keyturn: Keyturn): Promise<ReadonlyArray<string>> =>
  (await expectRight(keyturn.history(site().as()))).openRuns.map(({ runId }) => runId).sort();

/** Two keys; `on-one` holds the first, which is the Default, `on-two` the second. Leases of an hour. */
const withRuns = async (keyturn: Keyturn): Promise<readonly [one: string, two: string]> => {
  const [one, two] = [(await addedKey(site())).key.keyId, (await addedKey(site(), 'openai')).key.keyId];
  for (const [runId, keyId] of [
    ['on-one', one],
    ['on-two', two],
  ] as const) {
    const request = { runId, choice: { kind: 'key', keyId }, leaseSeconds: 3_600 } as const;
    await expectRight(keyturn.startRun(site().as(), request));
  }
  return [one, two];
};

const retire = (keyturn: Keyturn, keyId: string, successor: string) =>
  expectRight(keyturn.deleteKey(site().as(), { keyId, successor }));

describe('I-30: a clock that is ahead for one command', () => {
  test('ends no run and destroys no key; right again, all is as it was', async () => {
    const { clocks, at } = makeClocks();
    const [one, two] = await withRuns(at());
    await retire(at(), one, two);
    clocks.now += 48 * HOUR_MS;
    for (const graceMs of [GRACE_MS, 0]) {
      const report = await look(at(), { graceMs });
      expect(report.repairs).toEqual([]);
      expect(report.pending.map(({ runId, code }) => [runId, code]).sort()).toEqual([
        ['on-one', 'overdue'],
        ['on-two', 'overdue'],
      ]);
    }
    await expectRight(at().setDefault(site().as(), { keyId: two }));
    clocks.now -= 48 * HOUR_MS;
    expect(await look(at())).toMatchObject({ repairs: [], pending: [] });
    const then = await expectRight(at().history(site().as()));
    expect(then.openRuns).toHaveLength(2);
    expect(then.keys.map(({ keyId, status }) => [keyId, status])).toEqual([
      [one, 'retired'],
      [two, 'active'],
    ]);
    expect(await expectRight(site().vault.rowsOf('acme'))).toHaveLength(2);
  });
});

describe('a lease', () => {
  test('lapses when a service sees it overdue a second time, five minutes later', async () => {
    const { at, pass } = makeClocks();
    const keyturn = at();
    await withRuns(keyturn);
    pass(HOUR_MS);
    expect(await ended(keyturn)).toEqual([]);
    pass(5 * MINUTE_MS - 1);
    expect(await ended(keyturn)).toEqual([]);
    expect(await ended(keyturn, { dryRun: true })).toEqual([]);
    pass(1);
    expect(await ended(at())).toEqual([]);
    expect((await ended(keyturn, { dryRun: true })).sort()).toEqual(['on-one', 'on-two']);
    expect(await openRuns(keyturn)).toHaveLength(2);
    expect((await ended(keyturn)).sort()).toEqual(['on-one', 'on-two']);
    expect(await openRuns(keyturn)).toEqual([]);
    const last = (await historyOf(site().eventStore)).at(-1);
    expect(last?.envelope.actor).toEqual({ kind: 'system', id: 'keyturn' });
  });

  test('that was renewed, or was not overdue in a look between, begins anew', async () => {
    const { clocks, at, pass } = makeClocks();
    const keyturn = at();
    await withRuns(keyturn);
    pass(HOUR_MS);
    expect(await ended(keyturn)).toEqual([]);
    // The clock goes ahead and back: `on-two`, renewed for one second, was seen overdue under another lease.
    await expectRight(keyturn.resumeRun(site().as(), { runId: 'on-two', leaseSeconds: 60 }));
    pass(5 * MINUTE_MS);
    expect(await ended(keyturn)).toEqual(['on-one']);
    clocks.now -= HOUR_MS;
    expect((await look(keyturn)).pending).toEqual([]);
    clocks.now += HOUR_MS;
    pass(5 * MINUTE_MS);
    expect(await ended(keyturn)).toEqual([]);
    pass(5 * MINUTE_MS);
    expect(await ended(keyturn)).toEqual(['on-two']);
  });

  test('is not noted by a dry run', async () => {
    const { at, pass } = makeClocks();
    const keyturn = at();
    await withRuns(keyturn);
    pass(HOUR_MS);
    expect((await look(keyturn, { dryRun: true })).pending.map(({ code }) => code)).toEqual([
      'overdue',
      'overdue',
    ]);
    pass(5 * MINUTE_MS);
    expect(await ended(keyturn)).toEqual([]);
  });

  test('on a retired key lapses one grace later, and the key goes with it in the same append', async () => {
    const { at, pass } = makeClocks();
    const keyturn = at();
    const [one, two] = await withRuns(keyturn);
    await retire(keyturn, one, two);
    pass(HOUR_MS);
    expect(await ended(keyturn)).toEqual([]);
    pass(5 * MINUTE_MS);
    expect(await ended(keyturn)).toEqual(['on-two']);
    pass(GRACE_MS - 1);
    expect(await ended(keyturn)).toEqual([]);
    pass(1);
    expect(await ended(keyturn)).toEqual(['on-one']);
    const [released, deleted, destroyed] = (await historyOf(site().eventStore)).slice(-3);
    expect(released?.event).toMatchObject({ type: 'RunKeyReleased', data: { outcome: 'lease-expired' } });
    expect(deleted?.event).toMatchObject({ type: 'KeyHardDeleted', data: { keyId: one, cause: 'drained' } });
    expect(deleted?.envelope.commandId).toBe(released?.envelope.commandId);
    expect(destroyed?.event.type).toBe('KeySecretDestroyed');
  });

  test('of a key that is retired just before it lapses waits for the grace, too', async () => {
    const { at, pass } = makeClocks();
    const keyturn = at();
    const [one, two] = await withRuns(keyturn);
    pass(HOUR_MS);
    await look(keyturn);
    pass(5 * MINUTE_MS);
    await retire(keyturn, one, two);
    expect(await ended(keyturn)).toEqual(['on-two']);
    expect(await openRuns(keyturn)).toEqual(['on-one']);
  });
});

describe('a sweep that is told to expire leases', () => {
  test('ends what is overdue at once, signed by who told it; on a retired key after the grace', async () => {
    const { at, pass } = makeClocks();
    const [one, two] = await withRuns(at());
    await retire(at(), one, two);
    expect(await ended(at(), { expire: true })).toEqual([]);
    pass(HOUR_MS);
    expect(await ended(at(), { expire: true, dryRun: true })).toEqual(['on-two']);
    const first = await look(at(), { expire: true });
    expect(first.repairs).toMatchObject([{ kind: 'lapsed-run', runId: 'on-two' }]);
    expect(first.pending).toMatchObject([{ kind: 'lapsed-run', runId: 'on-one', code: 'within-grace' }]);
    const last = (await historyOf(site().eventStore)).at(-1);
    expect(last?.envelope.actor).toEqual(SWEEPER);
    pass(GRACE_MS);
    expect(await ended(at(), { expire: true })).toEqual(['on-one']);
    expect(await openRuns(at())).toEqual([]);
  });

  test('asks whether the runs may be ended', async () => {
    const { at, pass } = makeClocks();
    await withRuns(at());
    pass(HOUR_MS);
    const asked: AuthorizationRequest[] = [];
    const strict = at({
      authorize: (request) => {
        asked.push(request);
        return Promise.resolve(request.action === 'Sweep');
      },
    });
    const report = await look(strict, { expire: true });
    expect(asked.map(({ action }) => action)).toEqual(['Sweep', 'ExpireRuns']);
    expect(report).toMatchObject({ repairs: [], pending: [{ kind: 'workspace', code: 'not-permitted' }] });
    expect(await openRuns(at())).toHaveLength(2);
  });
});

test('an expiry of one workspace leaves retired keys to the grace as well', async () => {
  const { at, pass } = makeClocks();
  const [one, two] = await withRuns(at());
  await retire(at(), one, two);
  pass(HOUR_MS);
  expect(await expectRight(at().expireRuns(site().as()))).toMatchObject({ released: ['on-two'] });
  pass(GRACE_MS - 1);
  expect(await expectRight(at().expireRuns(site().as()))).toMatchObject({ released: [] });
  pass(1);
  expect(await expectRight(at().expireRuns(site().as()))).toMatchObject({ released: ['on-one'] });
  const departing = at({ clock: () => Date.now() + 9 * HOUR_MS });
  expect(await leftOf(departing.expireRuns(site().as()))).toMatchObject({ code: 'clock-departs' });
});

test('many lapsed runs are ended together, and each is told', async () => {
  let now = Date.now() - HOUR_MS;
  let appends = 0;
  const by: Interception = {
    append: (next, ...args) => {
      appends += 1;
      return next(...args);
    },
  };
  const keyturn = site().another({ clock: () => now, eventStore: intercepted(site().eventStore, by) });
  await addedKey(site());
  const runIds = Array.from({ length: 20 }, (_, n) => `r${n}`);
  for (const runId of runIds) {
    await expectRight(keyturn.startRun(site().as(), { runId, leaseSeconds: 1 }));
  }
  now += HOUR_MS;
  appends = 0;
  const { repairs } = await swept(site(), { expire: true }, keyturn);
  expect(repairs.map(({ runId }) => runId).sort()).toEqual([...runIds].sort());
  expect(appends).toBeLessThanOrEqual(2);
});
