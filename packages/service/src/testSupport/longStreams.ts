import { expect } from '@jest/globals';
import { makeInMemoryEventStore, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import type { Keyturn } from '../keyturn';
import type { KeyturnOptions } from '../options';
import { acceptingProber } from './acceptingProber';
import { intercepted, type Interception } from './interceptedStore';
import type { KeyturnOnDisk } from './keyturnOnDisk';
import { leftOf } from './leftOf';
import { storedEvents } from './stream';

/** The stored snapshot of a stream. */
export const snapshotOf = async (store: EventStore, stream = 'keyring-acme') => {
  const snapshot = await expectRight(store.loadSnapshot(stream));
  if (snapshot === null) throw new Error('There is no snapshot.');
  return snapshot;
};

/** Streams that are long enough for a snapshot, for the tests of a file. */
export const longStreams = (site: () => KeyturnOnDisk) => {
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
  const cold = (stored: EventStore, by: Interception = {}, options: Partial<KeyturnOptions> = {}) => {
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
      ...options,
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

  let runCount = 0;
  /** So many events, of runs that start and finish. */
  const events = async (keyturn: Keyturn, wanted: number) => {
    for (let n = 0; n < wanted; n += 100) {
      const runs = Array.from({ length: 50 }, () => `s-${(runCount += 1)}`);
      await Promise.all(runs.map((runId) => expectRight(keyturn.startRun(site().as(), { runId }))));
      await Promise.all(runs.map((runId) => expectRight(keyturn.finishRun(site().as(), { runId }))));
    }
  };

  return { long, cold, knowsEverything, events };
};
