import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore, Position, SubscribeOptions, SubscriptionMessage } from '@keyturn/event-store';
import { startEsdbServer, type EsdbServer, type EsdbServerOptions } from '@keyturn/testbed/esdb';
import * as E from 'fp-ts/Either';
import { connected } from './testSupport/connected';
import { event, right, valueOf } from './testSupport/outcomes';

let closing: Array<() => Promise<void>>;
beforeEach(() => {
  closing = [];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

const started = async (
  options: EsdbServerOptions = {},
): Promise<{ readonly server: EsdbServer; readonly store: EventStore }> => {
  const server = await startEsdbServer(options);
  closing.push(server.close);
  const store = await connected(server.connectionString);
  closing.push(store.close);
  return { server, store };
};

/** What a subscription tells, as it is asked for it. */
const following = (store: EventStore, options: Omit<SubscribeOptions, 'signal'> = {}) => {
  const controller = new AbortController();
  const iterator = store
    .subscribe({ streamPrefix: 'keyring-', ...options, signal: controller.signal })
    [Symbol.asyncIterator]();
  const data: unknown[] = [];
  const messages: SubscriptionMessage[] = [];
  const take = async (): Promise<SubscriptionMessage> => {
    const next = await iterator.next();
    if (next.done === true) throw new Error('The subscription ended.');
    messages.push(next.value);
    if (next.value.kind === 'events') data.push(...next.value.events.map(valueOf));
    return next.value;
  };
  return {
    data,
    messages,
    take,
    untilEvents: async (count: number): Promise<void> => {
      while (data.length < count) await take();
    },
    untilCaughtUp: async (): Promise<void> => {
      while ((await take()).kind !== 'caught-up');
    },
    stop: async (): Promise<void> => {
      controller.abort();
      await iterator.return?.();
    },
  };
};

/** Appends although the server may be gone for a moment; the same ids keep it from being written twice. */
const appendSurely = async (store: EventStore, stream: string, data: unknown): Promise<void> => {
  const events = [event(data)] as const;
  for (;;) {
    const { events: there } = await right(
      store.readStream(stream, { direction: 'backwards', limit: 1 }),
    ).catch(() => ({ events: [] }));
    const appended = await store.append(stream, there[0]?.revision ?? 'no-stream', [...events])();
    if (E.isRight(appended)) return;
  }
};

const numbers = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: to - from }, (_, n) => from + n);

describe('a subscription', () => {
  test.each([
    ['the connection is cut', (server: EsdbServer) => server.faults.dropConnections()],
    ['the server is restarted', (server: EsdbServer) => server.restart()],
  ])('goes on where %s: nothing is lost, doubled or out of order', async (_, hurt) => {
    const { server, store } = await started();
    const writer = await connected(server.connectionString);
    closing.push(writer.close);
    const follower = following(store);
    await follower.untilCaughtUp();
    for (const n of numbers(0, 30)) {
      if (n % 10 === 5) hurt(server);
      await appendSurely(writer, `keyring-${n % 3}`, n);
    }
    await follower.untilEvents(30);
    expect(follower.data).toEqual(numbers(0, 30));
    await follower.stop();
  });

  test('goes on where it is cut off in the middle of catching up', async () => {
    const { server, store } = await started();
    await right(store.append('keyring-a', 'no-stream', [event(0), ...numbers(1, 500).map(event)]));
    for (const after of [0, 1, 37, 200]) server.faults.dropReadAfter(after);
    const follower = following(store);
    await follower.untilCaughtUp();
    expect(follower.data).toEqual(numbers(0, 500));
    await follower.stop();
  });

  test('waits for a server that is gone, and follows to another leader', async () => {
    const { server, store } = await started({ nodes: 3 });
    const follower = following(store);
    await follower.untilCaughtUp();
    await appendSurely(store, 'keyring-a', 0);
    await follower.untilEvents(1);
    server.nodes[1]?.faults.becomeLeader();
    server.nodes[0]?.stop();
    await appendSurely(store, 'keyring-a', 1);
    await follower.untilEvents(2);
    expect(follower.data).toEqual([0, 1]);
    server.nodes[0]?.start();
    await follower.stop();
  });

  test('tells how far it has looked while nothing matches, and resumes there without loss', async () => {
    const { store } = await started();
    // More at once than the server looks at between two checkpoints.
    const noise = () => right(store.append('noise', 'any', [event(), ...numbers(1, 2_400).map(event)]));
    await noise();
    const follower = following(store);
    await follower.untilCaughtUp();
    await noise();
    await right(store.append('keyring-a', 'no-stream', [event('wanted'), event('too')]));
    await noise();
    await follower.untilEvents(2);
    while ((await follower.take()).kind !== 'checkpoint');
    expect(follower.data).toEqual(['wanted', 'too']);
    const places: Position[] = [];
    for (const message of follower.messages) {
      if (message.kind === 'checkpoint') places.push(message.position);
      if (message.kind === 'events') places.push(...message.events.map(({ position }) => position));
    }
    expect(places).toEqual([...places].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(new Set(places).size).toBe(places.length);
    expect(follower.messages.filter(({ kind }) => kind === 'checkpoint').length).toBeGreaterThan(2);
    const all = (await right(store.readAll({ streamPrefix: 'keyring-', limit: 10 }))).events;
    for (const after of places) {
      const resumed = following(store, { after });
      await resumed.untilCaughtUp();
      expect(resumed.data).toEqual(all.filter(({ position }) => position > after).map(valueOf));
      await resumed.stop();
    }
    await follower.stop();
  });

  test('holds the server up while nobody reads', async () => {
    const { server, store } = await started();
    const filler = 'x'.repeat(10_000);
    const writer = await connected(server.connectionString);
    closing.push(writer.close);
    const follower = following(store, { batchSize: 8 });
    await follower.untilCaughtUp();
    for (let n = 0; n < 20; n += 1) {
      await right(
        writer.append('keyring-a', n === 0 ? 'no-stream' : n * 50 - 1, [
          event(filler),
          ...numbers(1, 50).map(() => event(filler)),
        ]),
      );
    }
    const before = process.memoryUsage().arrayBuffers;
    const first = await follower.take();
    expect(first.kind === 'events' && first.events.length).toBeLessThanOrEqual(8);
    // Ten million bytes wait at the server; what came over is a window of the connection.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
    await follower.untilEvents(1_000);
    expect(follower.data).toHaveLength(1_000);
    await follower.stop();
  });

  test('ends with the reason where the user may not read all events any more', async () => {
    const ada = { name: 'ada', password: 'changeit', groups: [] };
    const { server } = await started({ tls: true, users: [ada] });
    const operator = EventStoreDBClient.connectionString(server.connectionString);
    const permit = (readRoles: string[]) =>
      operator.setStreamMetadata('$all', { acl: { readRoles, metaReadRoles: ['$admins'] } });
    await permit(['ada']);
    const store = await connected(server.connectionString.replace('admin:', 'ada:'));
    closing.push(store.close);
    const follower = following(store);
    await follower.untilCaughtUp();
    await permit(['$admins']);
    server.faults.dropConnections();
    await expect(follower.untilEvents(1)).rejects.toMatchObject({ code: 'access-denied' });
    await operator.dispose();
  });
});
