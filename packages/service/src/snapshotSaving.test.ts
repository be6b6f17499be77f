import { describe, expect, test } from '@jest/globals';
import { linkOf, StoreFault, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { setImmediate } from 'node:timers/promises';
import { acceptingProber } from './testSupport/acceptingProber';
import { leftOf } from './testSupport/leftOf';
import { longStreams, snapshotOf } from './testSupport/longStreams';
import { freshSite } from './testSupport/site';
import { storedEvents } from './testSupport/stream';

const site = freshSite();
const { long, cold, knowsEverything, events } = longStreams(site);

describe('a snapshot', () => {
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
    await events(keyturn, 1_000);
    while (saves.length === 0) await setImmediate();
    await events(keyturn, 2_000);
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    const meanwhile = saves.length;
    finish();
    await events(keyturn, 100);
    await keyturn.settled();
    expect(meanwhile).toBe(1);
    expect(saves).toHaveLength(2);
    expect((await snapshotOf(stored)).revision).toBe(saves[1]);
  });

  test('is kept one at a time, though its keyring is let go of meanwhile', async () => {
    const { stored } = await long();
    let saves = 0;
    let finish: () => void = () => undefined;
    const isFinished = new Promise<void>((resolve) => (finish = resolve));
    const { keyturn } = cold(
      stored,
      {
        loadSnapshot: () => () => Promise.resolve(E.right(null)),
        saveSnapshot:
          (next, ...args) =>
          async () => {
            saves += 1;
            await isFinished;
            return next(...args)();
          },
      },
      { keyringBytesInMemory: 1 },
    );
    await events(keyturn, 100);
    while (saves === 0) await setImmediate();
    await leftOf(keyturn.startRun(site().as({ workspaceId: 'other' }), { runId: 'r1' }));
    await events(keyturn, 100);
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    const meanwhile = saves;
    finish();
    await keyturn.settled();
    expect(meanwhile).toBe(1);
  });

  test('takes the place of a useless one in the end, though the first save of it fails', async () => {
    const { stored } = await long();
    await expectRight(
      stored.saveSnapshot('keyring-acme', { ...(await snapshotOf(stored)), revision: 1e9, anew: true }),
    );
    let failures = 0;
    const { keyturn } = cold(stored, {
      saveSnapshot: (next, ...args) =>
        failures === 0
          ? () => Promise.resolve(E.left(new StoreFault('unavailable', `${(failures += 1)}`)))
          : next(...args),
    });
    await events(keyturn, 100);
    await keyturn.settled();
    expect([failures, (await snapshotOf(stored)).revision]).toEqual([1, 1e9]);
    await events(keyturn, 1_000);
    await keyturn.settled();
    const { length } = await storedEvents(stored);
    expect((await snapshotOf(stored)).revision).toBeLessThan(length);
  });

  test('takes the place of one of lost events, once their loss was accepted elsewhere', async () => {
    const { stored } = await long();
    // The store as a backup of before has it, which ends where an append did.
    const sealed = (await storedEvents(stored)).filter(({ metadata }) => linkOf(metadata)?.seal);
    const end = sealed.find(({ revision }) => revision > 150)?.revision ?? 0;
    const { stored: backup } = await long(end + 1);
    let now: EventStore = stored;
    const eventStore: EventStore = {
      ...stored,
      append: (...args) => now.append(...args),
      readStream: (...args) => now.readStream(...args),
      loadSnapshot: (...args) => now.loadSnapshot(...args),
      saveSnapshot: (...args) => now.saveSnapshot(...args),
    };
    const { keyturn } = cold(eventStore);
    await events(keyturn, 100);
    await keyturn.settled();
    now = backup;
    const operator = site().another({ eventStore: backup, vault: await site().anotherVault() });
    await expectRight(operator.acceptLog(site().as(), {}));
    await events(keyturn, 700);
    await keyturn.settled();
    expect((await storedEvents(backup)).length).toBeLessThan(1_000);
    const before = await snapshotOf(backup);
    await events(keyturn, 200);
    await keyturn.settled();
    const after = await snapshotOf(backup);
    expect(after.data).not.toBe(before.data);
    expect(after.revision).toBeLessThan((await storedEvents(backup)).length);
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
    for (let n = 0; n < 4; n += 1) {
      await Promise.all(
        services.flatMap((keyturn, s) =>
          Array.from({ length: 150 }, (_, i) =>
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
});
