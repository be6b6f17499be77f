import { describe, expect, test } from '@jest/globals';
import type { EventStore, SubscriptionMessage } from '@keyturn/event-store';
import { parseConnectionString } from './connectionString';
import { connectEventStoreDb } from './eventStoreDbEventStore';
import { connected } from './testSupport/connected';
import { startCountingProxy } from './testSupport/countingProxy';
import { event, left, right, valueOf } from './testSupport/outcomes';
import { withServer } from './testSupport/onServer';

/** Calls that are answered behind whatever the server sends meanwhile. */
const roundTrips = async (store: EventStore, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await right(store.head);
};

const reader = (store: EventStore, batchSize = 16) => {
  const controller = new AbortController();
  const messages = store
    .subscribe({ streamPrefix: 'keyring-', batchSize, signal: controller.signal })
    [Symbol.asyncIterator]();
  const seen: unknown[] = [];
  const take = async (): Promise<SubscriptionMessage['kind'] | 'end'> => {
    const next = await messages.next();
    if (next.done === true) return 'end';
    if (next.value.kind === 'events') seen.push(...next.value.events.map(valueOf));
    return next.value.kind;
  };
  return { seen, take, abort: () => controller.abort() };
};

describe('a reader who stops', () => {
  test(
    'holds up the server: what waits for it stays there',
    withServer(async ({ server, store }) => {
      const proxy = await startCountingProxy(server.port);
      const behindProxy = await connected(`esdb://127.0.0.1:${proxy.port}?tls=false`);
      const { seen, take, abort } = reader(behindProxy);
      while ((await take()) !== 'caught-up');
      const filler = 'x'.repeat(20_000);
      for (let batch = 0; batch < 25; batch += 1) {
        await right(
          store.append('keyring-a', 'any', [
            event(filler),
            ...Array.from({ length: 39 }, () => event(filler)),
          ]),
        );
      }
      await roundTrips(behindProxy, 100);
      expect(proxy.bytesFromServer()).toBeLessThan(3_000_000);
      while (seen.length < 1_000) await take();
      expect(seen).toEqual(Array.from({ length: 1_000 }, () => filler));
      expect(proxy.bytesFromServer()).toBeGreaterThan(20_000_000);
      abort();
      await behindProxy.close();
      await proxy.close();
    }),
  );
});

describe('an aborted signal', () => {
  test(
    'ends a subscription that waits for a server that is gone',
    withServer(async ({ server, store }) => {
      const { take, abort } = reader(store);
      while ((await take()) !== 'caught-up');
      server.stop();
      const taken = take();
      await left(store.head);
      abort();
      expect(await taken).toBe('end');
    }),
  );

  test(
    'ends a subscription that looks for a leader',
    withServer(
      async ({ server, store }) => {
        const { take, abort } = reader(store);
        while ((await take()) !== 'caught-up');
        for (const node of server.nodes) node.stop();
        const taken = take();
        setImmediate(abort);
        expect(await taken).toBe('end');
      },
      { nodes: 3 },
    ),
  );
});

describe('a server that is not there', () => {
  test.each([1, 3] as const)('is the fault unavailable, with %p nodes, and nothing is left open', (nodes) =>
    withServer(
      async ({ server }) => {
        for (const node of server.nodes) node.stop();
        const hasty = `${server.connectionString}&maxDiscoverAttempts=2&discoveryInterval=10&gossipTimeout=1`;
        const settings = parseConnectionString(hasty);
        if (settings._tag === 'Left') throw settings.left;
        expect(await left(connectEventStoreDb(settings.right))).toMatchObject({ code: 'unavailable' });
      },
      { nodes },
    )(),
  );

  test(
    'does not keep a store from being closed',
    withServer(
      async ({ server, another }) => {
        const store = await another('maxDiscoverAttempts=2', 'discoveryInterval=10', 'gossipTimeout=1');
        for (const node of server.nodes) node.stop();
        await left(store.head);
        await store.close();
        expect(await left(store.head)).toMatchObject({ code: 'closed' });
      },
      { nodes: 3 },
    ),
  );
});
