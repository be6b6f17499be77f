import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import { event, everything, right } from './testSupport/outcomes';
import { temporaryStores } from './testSupport/temporaryStores';
import { startWriter } from './testSupport/writers';

const streams = 3;

const expectGapless = (events: ReadonlyArray<RecordedEvent>): void => {
  for (let stream = 0; stream < streams; stream += 1) {
    const revisions = events
      .filter((one) => one.stream === `stream-${stream}`)
      .map(({ revision }) => revision);
    expect(revisions).toEqual(revisions.map((_, index) => index));
  }
};

describe('several processes on one file', () => {
  let stores: ReturnType<typeof temporaryStores>;
  let store: EventStore;
  beforeEach(async () => {
    stores = temporaryStores();
    store = await stores.open();
  });
  afterEach(async () => {
    await store.close();
    await stores.remove();
  });

  test('lose nothing and double nothing, and a subscription here gets all of it in order', async () => {
    const appends = 40;
    const writers = [1, 2, 3].map(() => startWriter(stores.file, appends, streams));
    const received: RecordedEvent[] = [];
    const controller = new AbortController();
    for await (const message of store.subscribe({ batchSize: 7, signal: controller.signal })) {
      if (message.kind === 'events') received.push(...message.events);
      if (received.length === writers.length * appends * 2) controller.abort();
    }
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0]);

    const stored = await everything(store);
    expect(received).toEqual(stored);
    const acknowledged = writers.flatMap((writer) => writer.acknowledged.flat());
    expect(stored.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
    expectGapless(stored);
  });

  test('open a file at once that is not there yet', async () => {
    const fresh = temporaryStores();
    try {
      const writers = [1, 2, 3, 4].map(() => startWriter(fresh.file, 2, 1));
      expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
      const opened = await fresh.open();
      expect(await everything(opened)).toHaveLength(16);
      await opened.close();
    } finally {
      await fresh.remove();
    }
  });

  test('that are killed lose nothing acknowledged, and leave no half of an append', async () => {
    const acknowledged: string[] = [];
    for (const enough of [3, 20, 45]) {
      const writer = startWriter(stores.file, 1_000_000, streams);
      await writer.untilAcknowledged(enough);
      writer.kill();
      expect(await writer.ended).toBeNull();
      acknowledged.push(...writer.acknowledged.flat());
    }
    await right(store.append('after', 'no-stream', [event()]));

    const stored = await everything(store);
    const ids = stored.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(acknowledged));
    // Appends are of two events each: an odd number would be half of one.
    expect((stored.length - 1) % 2).toBe(0);
    expectGapless(stored);
  });
});
