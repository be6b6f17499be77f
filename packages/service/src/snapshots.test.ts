import { describe, expect, test } from '@jest/globals';
import { StoreFault, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { acceptingProber } from './testSupport/acceptingProber';
import { leftOf } from './testSupport/leftOf';
import { longStreams, snapshotOf } from './testSupport/longStreams';
import { freshSite } from './testSupport/site';
import { storedEvents } from './testSupport/stream';

const site = freshSite();
const { long, cold, knowsEverything } = longStreams(site);

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
