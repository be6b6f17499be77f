import { describe, expect, test } from '@jest/globals';
import { makeInMemoryEventStore, StoreFault, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { setImmediate } from 'node:timers/promises';
import type { Keyturn } from './keyturn';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { freshSite } from './testSupport/site';
import { storedEvents } from './testSupport/stream';

const site = freshSite();

const snapshotOf = async (store: EventStore, stream = 'keyring-acme') => {
  const snapshot = await expectRight(store.loadSnapshot(stream));
  if (snapshot === null) throw new Error('There is no snapshot.');
  return snapshot;
};

/** A stream of more than a thousand events, with an open run, and a snapshot of it. */
const makeLong = async () => {
  const stored = makeInMemoryEventStore();
  const prober = acceptingProber();
  const keyturn = site().another({ eventStore: stored, prober });
  const pasted = site().sandbox.issueKey('anthropic');
  const { key } = await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
  await expectRight(keyturn.startRun(site().as(), { runId: 'stays' }));
  for (let n = 0; n < 10; n += 1) {
    const runs = Array.from({ length: 55 }, (_, i) => `r-${n}-${i}`);
    await Promise.all(runs.map((runId) => expectRight(keyturn.startRun(site().as(), { runId }))));
    await Promise.all(runs.map((runId) => expectRight(keyturn.finishRun(site().as(), { runId }))));
  }
  await keyturn.settled();
  return {
    events: await storedEvents(stored),
    snapshot: await snapshotOf(stored),
    keyId: key.keyId,
  };
};

let made: ReturnType<typeof makeLong> | null = null;

/** A store of its own with that stream, as far as `length`, and with its snapshot. */
const long = async (length?: number) => {
  made ??= makeLong();
  const { events, snapshot, keyId } = await made;
  const stored = makeInMemoryEventStore();
  const [first, ...rest] = events.slice(0, length);
  if (first !== undefined) await stored.append('keyring-acme', 'no-stream', [first, ...rest])();
  await expectRight(stored.saveSnapshot('keyring-acme', snapshot));
  return { stored, keyId };
};

/** A new service on the store, with the events that it reads counted. */
const cold = (stored: EventStore, by: Interception = {}) => {
  const reads = { events: 0 };
  const eventStore = intercepted(stored, {
    readStream:
      (next, ...args) =>
      async () => {
        const page = await next(...args)();
        if (E.isRight(page)) reads.events += page.right.events.length;
        return page;
      },
    ...by,
  });
  const warnings: unknown[] = [];
  const keyturn = site().another({
    eventStore,
    prober: acceptingProber(),
    log: { info: () => undefined, warn: (...line) => warnings.push(line) },
  });
  return { keyturn, reads, warnings };
};

/** Knows the whole keyring: the open run and its key, and a run that ended long before the snapshot. */
const knowsEverything = async (keyturn: Keyturn, keyId: string) => {
  const pin = await expectRight(keyturn.resumeRun(site().as(), { runId: 'stays' }));
  expect(pin.keyId).toBe(keyId);
  await expect(leftOf(keyturn.startRun(site().as(), { runId: 'r-0-0' }))).resolves.toMatchObject({
    code: 'run-already-ended',
  });
};

describe('a snapshot', () => {
  test('is written after a thousand events, and a cold start reads only what came after', async () => {
    const { stored, keyId } = await long();
    const { length } = await storedEvents(stored);
    const { revision } = await snapshotOf(stored);
    expect(length).toBeGreaterThan(1_100);
    expect(revision).toBeGreaterThanOrEqual(999);
    const { keyturn, reads } = cold(stored);
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
    // The event at its revision, and those after it.
    expect(reads.events).toBe(length - revision);
    await knowsEverything(keyturn, keyId);
  });

  test('stands for the events before it: a service on it goes on as one that folded all', async () => {
    const { stored } = await long();
    const { keyturn: onSnapshot } = cold(stored);
    const { keyturn: onEvents } = cold(stored, { loadSnapshot: () => () => Promise.resolve(E.right(null)) });
    const request = { runId: 'stays' };
    const [a, b] = [
      await expectRight(onSnapshot.startRun(site().as(), request)),
      await expectRight(onEvents.startRun(site().as(), request)),
    ];
    expect(a).toEqual(b);
  });

  test.each<readonly [string, (stored: EventStore) => Promise<void>]>([
    [
      'that is broken',
      async (stored) => {
        const { revision, schemaVersion } = await snapshotOf(stored);
        await expectRight(
          stored.saveSnapshot('keyring-acme', {
            revision,
            schemaVersion,
            data: '"no such thing"',
            parts: new Map(),
          }),
        );
      },
    ],
    [
      'of another schema',
      async (stored) => {
        const snapshot = await snapshotOf(stored);
        await expectRight(
          stored.saveSnapshot('keyring-acme', { ...snapshot, schemaVersion: snapshot.schemaVersion + 1 }),
        );
      },
    ],
    [
      'of another workspace',
      async (stored) => {
        const keyturn = site().another({ eventStore: stored, prober: acceptingProber() });
        const context = site().as({ workspaceId: 'other' });
        const pasted = site().sandbox.issueKey('openai');
        await expectRight(keyturn.addKey(context, { vendor: 'openai', pasted }));
        for (let n = 0; n < 10; n += 1) {
          const runs = Array.from({ length: 100 }, (_, i) => `x-${n}-${i}`);
          await Promise.all(runs.map((runId) => expectRight(keyturn.startRun(context, { runId }))));
        }
        await keyturn.settled();
        const snapshot = await snapshotOf(stored, 'keyring-other');
        const { revision } = await snapshotOf(stored);
        await expectRight(stored.saveSnapshot('keyring-acme', { ...snapshot, revision }));
      },
    ],
  ])('%s is left aside: all events are folded', async (_, spoil) => {
    const { stored, keyId } = await long();
    await spoil(stored);
    const { length } = await storedEvents(stored);
    const { keyturn, reads } = cold(stored);
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(reads.events).toBeGreaterThanOrEqual(length);
    await knowsEverything(keyturn, keyId);
  });

  test('that reaches past the stream tells that its end was cut off', async () => {
    const { stored } = await long(500);
    const { keyturn } = cold(stored);
    const fault = await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(fault).toMatchObject({ code: 'event-store-behind' });
    expect(await storedEvents(stored)).toHaveLength(500);
  });

  test('whose parts are others than were sealed is left aside, and replaced by a whole one', async () => {
    const { stored, keyId } = await long();
    const { length } = await storedEvents(stored);
    const snapshot = await snapshotOf(stored);
    const parts = new Map([...snapshot.parts.keys()].map((name) => [name, '""']));
    await expectRight(stored.saveSnapshot('keyring-acme', { ...snapshot, parts, anew: true }));
    const { keyturn, reads, warnings } = cold(stored);
    await knowsEverything(keyturn, keyId);
    await keyturn.settled();
    expect(reads.events).toBeGreaterThanOrEqual(length);
    expect(warnings).toMatchObject([
      [{ workspaceId: 'acme' }, 'snapshot ignored: its parts are not those that were sealed'],
    ]);
    const again = cold(stored);
    await knowsEverything(again.keyturn, keyId);
    expect(again.reads.events).toBeLessThan(10);
    expect(again.warnings).toEqual([]);
  });

  test('is kept one at a time: what comes due meanwhile is kept behind it', async () => {
    const { stored } = await long();
    const saves: number[] = [];
    let finish: () => void = () => undefined;
    const isFinished = new Promise<void>((resolve) => (finish = resolve));
    const { keyturn } = cold(stored, {
      loadSnapshot: () => () => Promise.resolve(E.right(null)),
      saveSnapshot:
        (next, ...args) =>
        async () => {
          saves.push(args[1].revision);
          if (saves.length === 1) await isFinished;
          return next(...args)();
        },
    });
    let count = 0;
    const events = async (wanted: number) => {
      for (let n = 0; n < wanted; n += 100) {
        const runs = Array.from({ length: 50 }, () => `s-${(count += 1)}`);
        await Promise.all(runs.map((runId) => expectRight(keyturn.startRun(site().as(), { runId }))));
        await Promise.all(runs.map((runId) => expectRight(keyturn.finishRun(site().as(), { runId }))));
      }
    };
    await events(1_000);
    while (saves.length === 0) await setImmediate();
    await events(2_000);
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    const meanwhile = saves.length;
    finish();
    await events(100);
    await keyturn.settled();
    expect(meanwhile).toBe(1);
    expect(saves).toHaveLength(2);
    expect((await snapshotOf(stored)).revision).toBe(saves[1]);
  });

  test('of two services that keep theirs at once is one of theirs, and whole', async () => {
    const [one, other] = [await site().anotherStore(), await site().anotherStore()];
    await expectRight(
      site().keyturn.addKey(site().as(), {
        vendor: 'anthropic',
        pasted: site().sandbox.issueKey('anthropic'),
      }),
    );
    const services = await Promise.all(
      [one, other].map(async (eventStore) =>
        site().another({ eventStore, vault: await site().anotherVault(), prober: acceptingProber() }),
      ),
    );
    for (let n = 0; n < 12; n += 1) {
      await Promise.all(
        services.flatMap((keyturn, s) =>
          Array.from({ length: 50 }, (_, i) =>
            expectRight(keyturn.startRun(site().as(), { runId: `t-${s}-${n}-${i}` })),
          ),
        ),
      );
    }
    await Promise.all(services.map((keyturn) => keyturn.settled()));
    const { length } = await storedEvents(one);
    const { keyturn, reads, warnings } = cold(one);
    await expectRight(keyturn.startRun(site().as(), { runId: 'last' }));
    expect(warnings).toEqual([]);
    expect(reads.events).toBeLessThan(length);
  });

  test('that can not be saved is reported, and fails no command', async () => {
    const { stored, keyId } = await long();
    for (const saveSnapshot of [
      () => () => Promise.resolve(E.left(new StoreFault('too-large', 'Too large.'))),
      () => () => Promise.reject(new Error('The driver broke its word.')),
    ]) {
      const { keyturn, warnings } = cold(stored, {
        saveSnapshot,
        loadSnapshot: () => () => Promise.resolve(E.right(null)),
      });
      await knowsEverything(keyturn, keyId);
      await keyturn.settled();
      expect(warnings).toMatchObject([[{ workspaceId: 'acme' }, 'snapshot not saved']]);
    }
  });

  test('that can not be looked for fails the command as a fault', async () => {
    const { stored } = await long();
    const { keyturn } = cold(stored, {
      loadSnapshot: () => () => Promise.resolve(E.left(new StoreFault('unavailable', 'The store is away.'))),
    });
    await expect(leftOf(keyturn.startRun(site().as(), { runId: 'r1' }))).resolves.toMatchObject({
      code: 'unavailable',
    });
  });
});
