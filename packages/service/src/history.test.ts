import { describe, expect, test } from '@jest/globals';
import { makeInMemoryEventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { acceptingProber } from './testSupport/acceptingProber';
import { leftOf } from './testSupport/leftOf';
import { freshSite } from './testSupport/site';
import { storedEvents } from './testSupport/stream';

const site = freshSite();

/** A story on a store whose clock goes by seconds from 1,000,000,000,000: an event an append, an append a second. */
const told = async () => {
  const clock = { now: 1_000_000_000_000 };
  const stored = makeInMemoryEventStore({ now: () => (clock.now += 1_000) });
  // The service's own clock is far off: history goes by the store's.
  const keyturn = site().another({
    eventStore: stored,
    prober: acceptingProber(),
    clock: () => clock.now + 999_999,
  });
  const add = async (vendor: string) => {
    const pasted = site().sandbox.issueKey(vendor);
    return (await expectRight(keyturn.addKey(site().as(), { vendor, pasted }))).key.keyId;
  };
  const a = await add('anthropic');
  const b = await add('openai');
  await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  await expectRight(keyturn.setDefault(site().as(), { keyId: b, projectId: 'p1' }));
  await expectRight(keyturn.deleteKey(site().as(), { keyId: a, successor: b }));
  await expectRight(keyturn.startRun(site().as(), { runId: 'r2' }));
  const events = await storedEvents(stored);
  const at = (type: string, nth = 0) => events.filter((event) => event.type === type)[nth]?.recordedAt ?? 0;
  return { stored, keyturn, a, b, at, last: events.length - 1 };
};

describe('history', () => {
  test('now: everything, with what the list shows', async () => {
    const { keyturn, a, b, at, last } = await told();
    const now = await expectRight(keyturn.history(site().as()));
    expect(now).toMatchObject({
      revision: last,
      recordedAt: at('RunKeyPinned', 1),
      workspaceDefault: b,
      projectDefaults: [{ projectId: 'p1', keyId: b }],
    });
    expect(now.keys.map(({ keyId, status }) => [keyId, status])).toEqual([
      [a, 'retired'],
      [b, 'active'],
    ]);
    expect(now.keys[0]?.display).toMatch(/^….{4} · Deleting · 1 run in flight$/);
    expect(now.openRuns.map(({ runId, keyId }) => [runId, keyId]).sort()).toEqual([
      ['r1', a],
      ['r2', b],
    ]);
  });

  test('at a time: as it stood, by the store’s clock; a millisecond earlier it was not so', async () => {
    const { keyturn, a, b, at } = await told();
    const when = at('RunKeyPinned');
    const then = await expectRight(keyturn.history(site().as(), { at: when }));
    expect(then).toMatchObject({ recordedAt: when, workspaceDefault: a, projectDefaults: [] });
    expect(then.openRuns.map(({ runId }) => runId)).toEqual(['r1']);
    expect(then.keys.map(({ keyId, isDefault }) => [keyId, isDefault])).toEqual([
      [a, true],
      [b, false],
    ]);
    const before = await expectRight(keyturn.history(site().as(), { at: when - 1 }));
    expect(before.openRuns).toEqual([]);
    expect(before.revision).toBe(then.revision - 1);
  });

  test('cuts between commands, never inside one', async () => {
    const { stored, keyturn, a } = await told();
    const events = await storedEvents(stored);
    const add = events.findIndex(({ type }) => type === 'DefaultChanged');
    // As if another store had given the two events of the first add different times.
    const page = stored.readStream;
    const spread = site().another({
      eventStore: {
        ...stored,
        readStream:
          (...args) =>
          async () => {
            const read = await page(...args)();
            if (read._tag === 'Left') return read;
            return {
              ...read,
              right: {
                ...read.right,
                events: read.right.events.map((event) => ({ ...event, recordedAt: event.revision })),
              },
            };
          },
      },
    });
    const inside = await expectRight(spread.history(site().as(), { at: add - 1 }));
    expect(inside).toMatchObject({ revision: -1, recordedAt: null, keys: [], workspaceDefault: null });
    const behind = await expectRight(spread.history(site().as(), { at: add }));
    expect(behind).toMatchObject({ revision: add, recordedAt: add, workspaceDefault: a });
    expect(await expectRight(keyturn.history(site().as(), { at: 0 }))).toMatchObject({ revision: -1 });
  });

  test('I-29: now is the newest revision, though a clock that was ahead recorded one before it', async () => {
    const clock = { now: 1_000_000_000_000 };
    const stored = makeInMemoryEventStore({ now: () => clock.now });
    const keyturn = site().another({ eventStore: stored, prober: acceptingProber() });
    const run = (runId: string) => expectRight(keyturn.startRun(site().as(), { runId }));
    const pasted = site().sandbox.issueKey('anthropic');
    await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    clock.now = Date.UTC(2400, 0, 1);
    await run('ahead');
    clock.now = 1_000_000_060_000;
    await run('right-again');
    const head = (await storedEvents(stored)).length - 1;

    const now = await expectRight(keyturn.history(site().as()));
    expect(now).toMatchObject({ revision: head, timesInOrder: false, recordedLater: [] });
    expect(now.openRuns).toHaveLength(2);
    const then = await expectRight(keyturn.history(site().as(), { at: 1_000_000_060_000 }));
    expect(then).toMatchObject({
      revision: head,
      recordedAt: 1_000_000_060_000,
      timesInOrder: false,
      recordedLater: [{ first: head - 1, last: head - 1 }],
    });
    const before = await expectRight(keyturn.history(site().as(), { at: 1_000_000_059_999 }));
    expect(before).toMatchObject({ revision: head - 2, recordedLater: [], openRuns: [] });
  });

  test('of one key: it and the runs that hold it', async () => {
    const { keyturn, a, b } = await told();
    const only = await expectRight(keyturn.history(site().as(), { keyId: a }));
    expect(only.keys.map(({ keyId }) => keyId)).toEqual([a]);
    expect(only.openRuns.map(({ runId }) => runId)).toEqual(['r1']);
    expect(only.workspaceDefault).toBe(b);
  });

  test('of a workspace without events, and of more than a page', async () => {
    const { keyturn, stored } = await told();
    expect(await expectRight(keyturn.history(site().as({ workspaceId: 'empty' })))).toEqual({
      revision: -1,
      recordedAt: null,
      timesInOrder: true,
      recordedLater: [],
      keys: [],
      workspaceDefault: null,
      projectDefaults: [],
      openRuns: [],
    });
    const runs = Array.from({ length: 1_100 }, (_, n) => `many-${n}`);
    await Promise.all(runs.map((runId) => expectRight(keyturn.startRun(site().as(), { runId }))));
    const now = await expectRight(keyturn.history(site().as()));
    expect(now.openRuns).toHaveLength(1_102);
    expect(now.recordedAt).toBe((await storedEvents(stored)).at(-1)?.recordedAt);
  });

  test.each([Number.NaN, 1.5, -1, Number.POSITIVE_INFINITY])('at no time (%s): refused', async (at) => {
    const refusal = await leftOf(site().keyturn.history(site().as(), { at }));
    expect(refusal).toMatchObject({ code: 'invalid-input', facts: { field: 'at' } });
  });

  test('of no key id: refused', async () => {
    const refusal = await leftOf(site().keyturn.history(site().as(), { keyId: '…' }));
    expect(refusal).toMatchObject({ code: 'invalid-input', facts: { field: 'keyId' } });
  });
});
