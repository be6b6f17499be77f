import { binaryEvent, jsonEvent } from '@eventstore/db-client';
import { describe, expect, test } from '@jest/globals';
import type { EventData, EventStore, Position, RecordedEvent } from '@keyturn/event-store';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import { event, left, right, valueOf } from './testSupport/outcomes';
import { withServer } from './testSupport/onServer';

const numbered = (from: number, to: number): NonEmptyArray<EventData> => {
  const [first = event(from), ...rest] = Array.from({ length: to - from }, (_, n) => event(from + n));
  return [first, ...rest];
};

/** Appends so many events in batches that a server takes. */
const fill = async (store: EventStore, stream: string, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 2_000) {
    await right(store.append(stream, 'any', numbered(n, Math.min(count, n + 2_000))));
  }
};

const dataOf = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<unknown> => events.map(valueOf);
const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, n) => n);

const wholeStream = async (store: EventStore, stream: string, limit: number) => {
  const found: RecordedEvent[] = [];
  for (;;) {
    const page = await right(store.readStream(stream, { direction: 'forwards', from: found.length, limit }));
    found.push(...page.events);
    if (page.end) return found;
  }
};

const wholeOrder = async (store: EventStore, limit: number, streamPrefix?: string) => {
  const found: RecordedEvent[] = [];
  const readTo: Position[] = [];
  for (;;) {
    const after = readTo.at(-1);
    const page = await right(
      store.readAll({
        limit,
        ...(after === undefined ? {} : { after }),
        ...(streamPrefix === undefined ? {} : { streamPrefix }),
      }),
    );
    found.push(...page.events);
    if (page.end) return { found, readTo };
    if (page.readTo !== null) readTo.push(page.readTo);
  }
};

describe('long reads', () => {
  test(
    'give five thousand events of a stream, both ways, and of the global order',
    withServer(async ({ store }) => {
      await fill(store, 'keyring-a', 5_000);
      const forwards = await wholeStream(store, 'keyring-a', 4_096);
      expect(dataOf(forwards)).toEqual(upTo(5_000));
      const backwards: RecordedEvent[] = [];
      for (let from: number | undefined; ;) {
        const page = await right(
          store.readStream('keyring-a', {
            direction: 'backwards',
            limit: 4_096,
            ...(from === undefined ? {} : { from }),
          }),
        );
        backwards.push(...page.events);
        if (page.end) break;
        from = (page.events.at(-1)?.revision ?? 0) - 1;
      }
      expect(backwards.reverse()).toEqual(forwards);
      expect((await wholeOrder(store, 4_096, 'keyring-')).found).toEqual(forwards);
    }),
  );

  test(
    "outlive the connection's deadline",
    withServer(async ({ server, store, another }) => {
      await fill(store, 'keyring-a', 1_000);
      const hasty = await another('defaultDeadline=20');
      server.faults.delay(100);
      expect(await wholeStream(hasty, 'keyring-a', 4_096)).toHaveLength(1_000);
      expect((await wholeOrder(hasty, 4_096, 'keyring-')).found).toHaveLength(1_000);
      server.faults.delay(0);
    }),
  );

  test.each([0, 1, 700, 999])('are begun again where the connection is cut after %p events', (after) =>
    withServer(async ({ server, store }) => {
      await fill(store, 'keyring-a', 1_000);
      server.faults.dropReadAfter(after);
      expect(dataOf(await wholeStream(store, 'keyring-a', 4_096))).toEqual(upTo(1_000));
      // The newest event is asked for first, and then what lies before it.
      server.faults.dropReadAfter(1);
      server.faults.dropReadAfter(after);
      expect(dataOf((await wholeOrder(store, 4_096, 'keyring-')).found)).toEqual(upTo(1_000));
    })(),
  );

  test(
    'outlive a restart of the server',
    withServer(async ({ server, store }) => {
      await fill(store, 'keyring-a', 2_000);
      const reading = wholeStream(store, 'keyring-a', 100);
      server.restart();
      expect(dataOf(await reading)).toEqual(upTo(2_000));
      const scanning = wholeOrder(store, 100, 'keyring-');
      server.restart();
      expect(dataOf((await scanning).found)).toEqual(upTo(2_000));
    }),
  );

  test(
    'go to the leader',
    withServer(
      async ({ server, store }) => {
        await fill(store, 'keyring-a', 300);
        for (const leader of [1, 2, 0]) {
          server.nodes[leader]?.faults.becomeLeader();
          expect(dataOf(await wholeStream(store, 'keyring-a', 100))).toEqual(upTo(300));
          expect(dataOf((await wholeOrder(store, 100, 'keyring-')).found)).toEqual(upTo(300));
        }
      },
      { nodes: 3 },
    ),
  );

  test(
    'end with the fault unavailable where the server stays away',
    withServer(async ({ server, store }) => {
      await fill(store, 'keyring-a', 1);
      server.stop();
      const unavailable = { code: 'unavailable' };
      const first = { direction: 'forwards', limit: 1 } as const;
      expect(await left(store.readStream('keyring-a', first))).toMatchObject(unavailable);
      expect(await left(store.readAll({ limit: 1 }))).toMatchObject(unavailable);
      expect(await left(store.head)).toMatchObject(unavailable);
    }),
  );
});

describe('the global order', () => {
  test(
    "without a prefix leaves out the server's events and the store's own",
    withServer(async ({ store, bare }) => {
      await right(store.storeId);
      await right(store.clock);
      await right(
        store.saveSnapshot('keyring-a', {
          revision: 0,
          schemaVersion: 1,
          data: '"folded"',
          parts: new Map(),
        }),
      );
      await bare.setStreamMetadata('keyring-a', { maxAge: 1_000_000 });
      await fill(store, 'keyring-a', 2);
      await fill(store, 'elsewhere', 1);
      const before = await right(store.head);
      await bare.setStreamMetadata('keyring-b', { maxAge: 1_000_000 });
      const page = await right(store.readAll({ limit: 10 }));
      expect(page.events.map(({ stream }) => stream)).toEqual(['keyring-a', 'keyring-a', 'elsewhere']);
      expect(before).toBe(page.events.at(-1)?.position);
      expect(page).toMatchObject({ end: true, readTo: await right(store.head) });
      expect((await wholeOrder(store, 1)).found).toEqual(page.events);
    }),
  );

  test.each([
    ['s', ['stored']],
    ['snapshot-', []],
    ['keyturn-', ['keyturn-clocks']],
    ['$', []],
  ])('with the prefix %p leaves them out as well', (streamPrefix, streams) =>
    withServer(async ({ store, bare }) => {
      await right(store.storeId);
      await right(store.clock);
      await right(
        store.saveSnapshot('keyring-a', {
          revision: 0,
          schemaVersion: 1,
          data: '"folded"',
          parts: new Map(),
        }),
      );
      await bare.setStreamMetadata('keyring-a', { maxAge: 1_000_000 });
      await fill(store, 'stored', 1);
      await fill(store, 'keyturn-clocks', 1);
      const page = await right(store.readAll({ streamPrefix, limit: 10 }));
      expect(page.events.map(({ stream }) => stream)).toEqual(streams);
    })(),
  );

  test(
    'is read to the newest event, and never beyond, also where nothing matches',
    withServer(async ({ store }) => {
      for (let n = 0; n < 40; n += 1) {
        await right(store.append('elsewhere', 'any', [event(n)]));
        const head = await right(store.head);
        expect(await right(store.readAll({ streamPrefix: 'keyring-', limit: 10 }))).toEqual({
          events: [],
          readTo: head,
          end: true,
        });
        const again = { after: head ?? 0n, streamPrefix: 'keyring-', limit: 10 };
        expect(await right(store.readAll(again))).toEqual({ events: [], readTo: head, end: true });
      }
    }),
  );

  test(
    'is read in bounded steps where hardly anything matches',
    withServer(async ({ store }) => {
      await fill(store, 'keyring-a', 1);
      await fill(store, 'elsewhere', 22_000);
      await fill(store, 'keyring-a', 1);
      const { found, readTo } = await wholeOrder(store, 10, 'keyring-');
      expect(found).toHaveLength(2);
      expect(readTo.length).toBeGreaterThanOrEqual(1);
      expect(new Set(readTo).size).toBe(readTo.length);
    }),
  );

  test(
    'has the positions that appends were given and that streams are read with',
    withServer(async ({ store, bare }) => {
      const appended = await right(store.append('keyring-a', 'no-stream', [event(0), event(1)]));
      await bare.setStreamMetadata('keyring-b', { maxAge: 1_000_000 });
      const next = await right(store.append('keyring-a', 1, [event(2)]));
      const stream = await wholeStream(store, 'keyring-a', 10);
      expect((await wholeOrder(store, 10)).found).toEqual(stream);
      expect([stream[1]?.position, stream[2]?.position]).toEqual([appended.position, next.position]);
    }),
  );
});

describe('what others did to a stream', () => {
  test(
    'a stream with metadata that nobody understands is one that was not deleted',
    withServer(async ({ store, bare }) => {
      const odd = binaryEvent({ type: '$metadata', data: Buffer.from('{"$tb"') });
      await bare.appendToStream('$$keyring-a', odd);
      expect(await wholeStream(store, 'keyring-a', 10)).toEqual([]);
      expect(await right(store.append('keyring-a', 'no-stream', [event()]))).toMatchObject({ revision: 0 });
    }),
  );

  test(
    'a deleted stream says so, and never reads as one that was not there',
    withServer(async ({ store, bare }) => {
      await fill(store, 'keyring-a', 3);
      await fill(store, 'keyring-b', 3);
      await bare.deleteStream('keyring-a');
      await bare.tombstoneStream('keyring-b');
      for (const [stream, code] of [
        ['keyring-a', 'stream-deleted'],
        ['keyring-b', 'stream-tombstoned'],
      ] as const) {
        for (const direction of ['forwards', 'backwards'] as const) {
          const fault = await left(store.readStream(stream, { direction, limit: 10 }));
          expect(fault).toMatchObject({ code });
          expect(fault.message).toContain(stream);
        }
      }
    }),
  );

  test.each([
    ['data that is no JSON', { data: '{"a":', metadata: '{}' }],
    ['metadata that is no JSON', { data: '1', metadata: 'x' }],
    ['no data', { data: '', metadata: '{}' }],
  ])('an event with %s is given as it is, and holds nobody up', (_, texts) =>
    withServer(async ({ store, bare }) => {
      await fill(store, 'keyring-a', 2);
      const [data, metadata] = [Buffer.from(texts.data), Buffer.from(texts.metadata)];
      await bare.appendToStream('keyring-a', binaryEvent({ type: 'Foreign', data, metadata }));
      await fill(store, 'keyring-b', 1);
      expect((await wholeStream(store, 'keyring-a', 10))[2]).toMatchObject(texts);
      expect((await wholeOrder(store, 10, 'keyring-')).found[2]).toMatchObject(texts);
    })(),
  );

  test(
    'an event without metadata has an empty text',
    withServer(async ({ store, bare }) => {
      await bare.appendToStream('keyring-a', jsonEvent({ type: 'Foreign', data: { a: 1 } }));
      await bare.appendToStream('keyring-a', binaryEvent({ type: 'Foreign', data: Buffer.from('2') }));
      expect(await wholeStream(store, 'keyring-a', 10)).toMatchObject([
        { data: '{"a":1}', metadata: '' },
        { data: '2', metadata: '' },
      ]);
    }),
  );
});
