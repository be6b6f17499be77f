import { describe, expect, test } from '@jest/globals';
import type { EventStore, Position } from '@keyturn/event-store';
import { withServer } from './testSupport/onServer';
import { event, right, valueOf } from './testSupport/outcomes';

const wanted = { streamPrefix: 'keyring-', limit: 10 } as const;

/** What a subscription from a place gives until it has caught up. */
const followed = async (store: EventStore, after: Position): Promise<ReadonlyArray<unknown>> => {
  const controller = new AbortController();
  const found: unknown[] = [];
  for await (const message of store.subscribe({
    after,
    streamPrefix: 'keyring-',
    signal: controller.signal,
  })) {
    if (message.kind === 'events') found.push(...message.events.map(valueOf));
    if (message.kind === 'caught-up') break;
  }
  controller.abort();
  return found;
};

describe.each(['23.10', '24.6', '24.10'] as const)('ES-R1: on a server of %s, from a place', (version) => {
  test(
    'that a scavenge took, nothing is lost',
    withServer(
      async ({ server, store, bare }) => {
        const save = (revision: number) =>
          right(
            store.saveSnapshot('keyring-a', {
              revision,
              schemaVersion: 1,
              data: '"folded"',
              parts: new Map(),
            }),
          );
        await right(store.append('keyring-a', 'no-stream', [event(0)]));
        await save(0);
        const { readTo } = await right(store.readAll(wanted));
        const places: Position[] = [readTo ?? 0n];
        expect(readTo).toBe(await right(store.head));
        await right(store.append('keyring-a', 0, [event(1)]));
        await save(1);
        await right(store.append('keyring-b', 'no-stream', [event(2)]));
        places.push((await right(store.head)) ?? 0n);
        await save(2);
        server.scavenge();
        const left = [];
        for await (const { event: one } of bare.readAll()) if (one?.type === 'Snapshot') left.push(one);
        // The newest, and the one before it: the next save has that cut off.
        expect(left).toHaveLength(2);
        const [first = 0n, last = 0n] = places;
        const page = await right(store.readAll({ ...wanted, after: first }));
        expect(page.events.map(valueOf)).toEqual([1, 2]);
        expect(await followed(store, first)).toEqual([1, 2]);
        expect(await followed(store, last)).toEqual([]);
        // A checkpoint ahead of an event.
        const ahead = (page.events[0]?.position ?? 0n) - 1n;
        expect((await right(store.readAll({ ...wanted, after: ahead }))).events.map(valueOf)).toEqual([1, 2]);
        expect(await followed(store, ahead)).toEqual([1, 2]);
      },
      { version },
    ),
  );

  test(
    'that was the end of it, what came later is given',
    withServer(
      async ({ server, store }) => {
        await right(store.append('keyring-a', 'no-stream', [event(0)]));
        await right(
          store.saveSnapshot('keyring-a', { revision: 0, schemaVersion: 1, data: '1', parts: new Map() }),
        );
        const end = (await right(store.head)) ?? 0n;
        await right(
          store.saveSnapshot('keyring-a', { revision: 1, schemaVersion: 1, data: '1', parts: new Map() }),
        );
        server.scavenge();
        expect(await followed(store, end)).toEqual([]);
        await right(store.append('keyring-b', 'no-stream', [event(1)]));
        expect(await followed(store, end)).toEqual([1]);
      },
      { version },
    ),
  );
});
