import { describe, expect, test } from '@jest/globals';
import { makeInMemoryEventStore, StoreFault, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { freshSite } from './testSupport/site';
import { appendSealed, storedEvents } from './testSupport/stream';

const site = freshSite();

const lost = E.left(new StoreFault('outcome-unknown', 'The answer got lost.'));
const away = E.left(new StoreFault('unavailable', 'The store is away.'));

/** A service with an active key on a store in memory, behind an interception. */
const begun = async () => {
  const stored = makeInMemoryEventStore();
  const by: Interception = {};
  const store = intercepted(stored, by);
  const keyturn = site().another({ eventStore: store, prober: acceptingProber() });
  const pasted = site().sandbox.issueKey('anthropic');
  const { key } = await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
  return { stored, store, by, keyturn, keyId: key.keyId };
};

const pinsIn = async (store: EventStore) =>
  (await storedEvents(store)).filter(({ type }) => type === 'RunKeyPinned');

describe('an append whose answer gets lost', () => {
  test.each([
    ['before it was written', false],
    ['after it was written', true],
  ])('%s: is sent again with the same ids, and is there once', async (_, written) => {
    const { stored, by, keyturn } = await begun();
    const sent: unknown[] = [];
    by.append = (next, stream, expected, events) => async () => {
      sent.push([expected, events]);
      if (sent.length > 1) return next(stream, expected, events)();
      if (written) await next(stream, expected, events)();
      return lost;
    };
    const pin = await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(pin.runId).toBe('r1');
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(await pinsIn(stored)).toHaveLength(1);
  });

  test.each([
    ['and it was never written', 0],
    ['and it was written the first time', 1],
  ])('every time, %s: the same command again does it once', async (_, writtenAt) => {
    const { stored, by, keyturn } = await begun();
    let sends = 0;
    by.append =
      (next, ...args) =>
      async () => {
        sends += 1;
        if (sends === writtenAt) await next(...args)();
        return lost;
      };
    const context = site().as({ commandId: 'start-1' });
    const fault = await leftOf(keyturn.startRun(context, { runId: 'r1' }));
    expect(fault).toMatchObject({ _tag: 'StoreFault', code: 'outcome-unknown' });
    expect(sends).toBe(4);

    delete by.append;
    const pin = await expectRight(keyturn.startRun(context, { runId: 'r1' }));
    expect(pin.runId).toBe('r1');
    expect(await pinsIn(stored)).toHaveLength(1);
  });

  test('and then the store goes away: it may have been written, and nobody says that it was not', async () => {
    const { stored, by, keyturn } = await begun();
    let sends = 0;
    by.append =
      (next, ...args) =>
      async () => {
        sends += 1;
        if (sends > 1) return away;
        await next(...args)();
        return lost;
      };
    const fault = await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(fault).toMatchObject({ _tag: 'StoreFault', code: 'outcome-unknown' });
    expect(sends).toBe(4);
    expect(await pinsIn(stored)).toHaveLength(1);
  });

  test('arrives when another command was recorded first: nothing is doubled', async () => {
    const { stored, by, keyturn } = await begun();
    const context = site().as({ commandId: 'start-1' });
    const late: Array<() => Promise<unknown>> = [];
    by.append = (next, ...args) => {
      late.push(next(...args));
      return () => Promise.resolve(lost);
    };
    await leftOf(keyturn.startRun(context, { runId: 'r1' }));
    delete by.append;
    await expectRight(keyturn.startRun(context, { runId: 'r1' }));
    for (const arrives of late) await arrives();
    expect(await pinsIn(stored)).toHaveLength(1);
  });
});

describe('a store that is away', () => {
  test('fails the command as a fault, and the next one works', async () => {
    const { stored, by, keyturn } = await begun();
    by.append = () => () => Promise.resolve(away);
    const fault = await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(fault).toMatchObject({ _tag: 'StoreFault', code: 'unavailable' });
    expect(await pinsIn(stored)).toEqual([]);
    delete by.append;
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  });

  test('fails every command of the batch', async () => {
    const { stored, by, keyturn } = await begun();
    let appends = 0;
    by.append = () => () => {
      appends += 1;
      return Promise.resolve(away);
    };
    const started = await Promise.all(
      ['r1', 'r2', 'r3'].map((runId) => keyturn.startRun(site().as(), { runId })()),
    );
    expect(started.map(E.isLeft)).toEqual([true, true, true]);
    expect(appends).toBe(1);
    expect(await pinsIn(stored)).toEqual([]);
    delete by.append;
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(await pinsIn(stored)).toHaveLength(1);
  });

  test('that throws is a defect, and the next command works', async () => {
    const { by, keyturn } = await begun();
    by.append = () => () => Promise.reject(new Error('The driver broke its word.'));
    const fault = await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(fault).toMatchObject({ _tag: 'ServiceFault', code: 'defect' });
    delete by.append;
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  });

  test('can not be read: no refusal is given on what is in memory', async () => {
    const { by, keyturn } = await begun();
    by.readStream = () => () => Promise.resolve(away);
    const fault = await leftOf(keyturn.resumeRun(site().as(), { runId: 'r1' }));
    expect(fault).toMatchObject({ _tag: 'StoreFault', code: 'unavailable' });
  });
});

describe('other processes', () => {
  test('get in first again and again: contention after a bound, and the next command works', async () => {
    const { stored, by, keyturn } = await begun();
    const other = site().another({ eventStore: stored, prober: acceptingProber() });
    let appends = 0;
    by.append =
      (next, ...args) =>
      async () => {
        appends += 1;
        await expectRight(other.startRun(site().as(), { runId: `other-${appends}` }));
        return next(...args)();
      };
    const fault = await leftOf(keyturn.startRun(site().as(), { runId: 'r1' }));
    expect(fault).toMatchObject({ _tag: 'ServiceFault', code: 'contention' });
    expect(appends).toBe(100);
    delete by.append;
    await expectRight(keyturn.startRun(site().as(), { runId: 'r1' }));
  });

  test('ES-R2: a refusal that comes before its event can be read is waited out', async () => {
    const { stored, by, keyturn } = await begun();
    const other = site().another({ eventStore: stored, prober: acceptingProber() });
    let hidden = 0;
    by.append =
      (next, ...args) =>
      async () => {
        delete by.append;
        await expectRight(other.startRun(site().as(), { runId: 'first' }));
        const before = await storedEvents(stored);
        hidden = 3;
        by.readStream = (read, stream, options) => async () => {
          const page = await read(stream, options)();
          if (E.isLeft(page) || hidden === 0) return page;
          hidden -= 1;
          const events = page.right.events.filter(({ revision }) => revision < before.length - 1);
          return E.right({ events, end: true });
        };
        return next(...args)();
      };
    await expectRight(keyturn.startRun(site().as(), { runId: 'second' }));
    expect(hidden).toBe(0);
    expect(await pinsIn(stored)).toHaveLength(2);
  });

  test('changed the keyring: nothing is refused, and nothing called done, on an older one', async () => {
    const { store, keyturn, keyId } = await begun();
    const other = site().another({ eventStore: store, prober: acceptingProber() });
    await expectRight(other.startRun(site().as(), { runId: 'r1' }));
    // Refused on the keyring that is in this service's memory.
    const pin = await expectRight(keyturn.resumeRun(site().as(), { runId: 'r1' }));
    expect(pin.keyId).toBe(keyId);
    await expectRight(other.startRun(site().as(), { runId: 'r2' }));
    // Nothing to do there.
    const finished = await expectRight(keyturn.finishRun(site().as(), { runId: 'r2' }));
    expect(finished.released).toEqual(['r2']);
    await expectRight(other.finishRun(site().as(), { runId: 'r1' }));
    // Permitted there.
    await expect(leftOf(keyturn.resumeRun(site().as(), { runId: 'r1' }))).resolves.toMatchObject({
      code: 'run-already-ended',
    });
  });
});

describe('what the store does not take or does not have', () => {
  test('a batch that is too large for one append goes in smaller ones', async () => {
    const { stored, by, keyturn } = await begun();
    by.append = (next, stream, expected, events) =>
      events.length > 2
        ? () => Promise.resolve(E.left(new StoreFault('too-large', 'More than this store takes at once.')))
        : next(stream, expected, events);
    const runs = ['r1', 'r2', 'r3', 'r4'];
    await Promise.all(runs.map((runId) => expectRight(keyturn.startRun(site().as(), { runId }))));
    expect(await pinsIn(stored)).toHaveLength(4);
  });

  test('I-45: a store that was set back is behind what this process knows, and takes nothing', async () => {
    const { stored, by, keyturn } = await begun();
    const backup = await storedEvents(stored);
    for (const runId of ['r1', 'r2']) await expectRight(keyturn.startRun(site().as(), { runId }));
    const restored = makeInMemoryEventStore();
    const [first, ...rest] = backup;
    if (first !== undefined) await restored.append('keyring-acme', 'no-stream', [first, ...rest])();
    by.append = (_, ...args) => restored.append(...args);
    by.readStream = (_, ...args) => restored.readStream(...args);
    by.loadSnapshot = (_, stream) => restored.loadSnapshot(stream);
    const behind = { code: 'event-store-behind', message: expect.stringContaining('workspace acme ends') };
    expect(await leftOf(keyturn.startRun(site().as(), { runId: 'r3' }))).toMatchObject(behind);
    expect(await leftOf(keyturn.resumeRun(site().as(), { runId: 'r1' }))).toMatchObject(behind);
    expect(await storedEvents(restored)).toHaveLength(backup.length);
  });

  test('an event that this release can not read stops everything for that workspace, and says where', async () => {
    const { stored, store } = await begun();
    await appendSealed(stored, site().vault, [{ type: 'KeyTeleported', data: '{}', metadata: '{"a":1}' }]);
    const cold = site().another({ eventStore: store });
    const fault = await leftOf(cold.startRun(site().as(), { runId: 'r1' }));
    expect(fault).toMatchObject({ _tag: 'ServiceFault', code: 'undecodable-history' });
    expect(fault.message).toMatch(/keyring-acme.*KeyTeleported|KeyTeleported.*keyring-acme/);
    expect(await leftOf(cold.history(site().as()))).toMatchObject({ code: 'undecodable-history' });
  });

  test('a stream without its beginning is no history', async () => {
    const { by, store } = await begun();
    by.readStream = (next, stream, options) => async () => {
      const page = await next(stream, options)();
      return E.isLeft(page)
        ? page
        : E.right({ ...page.right, events: page.right.events.filter(({ revision }) => revision > 1) });
    };
    const cold = site().another({ eventStore: store });
    await expect(leftOf(cold.startRun(site().as(), { runId: 'r1' }))).resolves.toMatchObject({
      code: 'log-damaged',
    });
  });
});
