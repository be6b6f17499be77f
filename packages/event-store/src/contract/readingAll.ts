import { describe, expect, test } from '@jest/globals';
import { events, idsOf, wholeOrder, wholeStream } from './events';
import type { Fixture, Subject } from './fixture';
import { right } from './results';

/** Appends to three streams in turn; gives the ids in the order of appending. */
const interleave = async ({ store, stream }: Fixture, rounds: number): Promise<ReadonlyArray<string>> => {
  const ids: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['a-1', 'b-1', 'a-2']) {
      const batch = events(1 + (round % 3));
      await right(store.append(stream(name), 'any', batch));
      ids.push(...idsOf(batch));
    }
  }
  return ids;
};

/** Reads of the global order, and the head. */
export const readingAll = ({ withStore, options }: Subject): void =>
  describe('reading the global order', () => {
    test.each([1, 2, 7, 4_096])('in pages of %p gives every event once, as appended', (limit) =>
      withStore(async (fixture) => {
        const ids = await interleave(fixture, 4);
        const found = await wholeOrder(fixture.store, { ...fixture.start, limit });
        expect(idsOf(found.filter(({ stream }) => stream.startsWith(fixture.prefix)))).toEqual(ids);
      })(),
    );

    test(
      'positions grow, across streams and along each stream',
      withStore(async (fixture) => {
        await interleave(fixture, 3);
        const { store, prefix, start } = fixture;
        const found = await wholeOrder(store, { ...start, streamPrefix: prefix, limit: 5 });
        found.reduce((before, after) => {
          expect(after.position > before.position).toBe(true);
          return after;
        });
        for (const name of ['a-1', 'b-1', 'a-2'].map(fixture.stream)) {
          expect(found.filter(({ stream }) => stream === name)).toEqual(await wholeStream(store, name));
        }
      }),
    );

    test(
      'with a prefix gives the events of streams that start with it',
      withStore(async (fixture) => {
        await interleave(fixture, 4);
        const { store, prefix, start, stream } = fixture;
        const all = await wholeOrder(store, { ...start, streamPrefix: prefix, limit: 50 });
        for (const streamPrefix of ['a-', 'a-1', 'b', 'a-11', 'A', 'c'].map(stream)) {
          for (const limit of [1, 3, 50]) {
            expect(await wholeOrder(store, { ...start, streamPrefix, limit })).toEqual(
              all.filter((one) => one.stream.startsWith(streamPrefix)),
            );
          }
        }
      }),
    );

    test(
      'I-8: with an id behind the prefix leaves out names that have something else there',
      withStore(async ({ store, stream, start }) => {
        const longest = 'x'.repeat(64);
        const names = ['a', 'A-1_b', longest, '', 'a.b', 'a b', 'ä', `${longest}x`, 'a$'];
        for (const name of names) await right(store.append(stream(`of-${name}`), 'any', events(1)));
        const filter = { streamPrefix: stream('of-'), streamSuffix: 'id' } as const;
        for (const limit of [1, 50]) {
          const found = await wholeOrder(store, { ...start, ...filter, limit });
          expect(found.map((one) => one.stream)).toEqual(
            ['a', 'A-1_b', longest].map((name) => stream(`of-${name}`)),
          );
        }
      }),
    );

    test(
      'takes a prefix literally',
      withStore(async ({ store, stream, start }) => {
        for (const name of ['a%b', 'aXb', 'a_b', '雪a', '🗝b'])
          await right(store.append(stream(name), 'any', events(1)));
        for (const name of ['a%', 'a_', '雪', '🗝']) {
          const found = await wholeOrder(store, { ...start, streamPrefix: stream(name), limit: 10 });
          expect(found).toHaveLength(1);
        }
      }),
    );

    test(
      'after a position gives exactly what follows it',
      withStore(async (fixture) => {
        const ids = await interleave(fixture, 3);
        const { store, prefix, start } = fixture;
        const all = await wholeOrder(store, { ...start, streamPrefix: prefix, limit: 50 });
        for (const [index, { position }] of all.entries()) {
          const rest = await wholeOrder(store, { after: position, streamPrefix: prefix, limit: 4 });
          expect(idsOf(rest)).toEqual(ids.slice(index + 1));
        }
      }),
    );

    test(
      'reads up to what it says: reading on from there misses nothing',
      withStore(async ({ store, prefix, start, stream }) => {
        await right(store.append(stream('other'), 'any', events(3)));
        const streamPrefix = `${prefix}wanted`;
        const before = await right(store.readAll({ ...start, streamPrefix, limit: 10 }));
        expect(before.events).toEqual([]);
        const wanted = events(2);
        await right(store.append(stream('wanted'), 'any', wanted));
        const next = before.readTo === null ? start : { after: before.readTo };
        const rest = await wholeOrder(store, { ...next, streamPrefix, limit: 10 });
        expect(idsOf(rest)).toEqual(idsOf(wanted));
      }),
    );

    test(
      'at the end finds nothing, and has read to where it began',
      withStore(async ({ store, prefix, stream }) => {
        const { position } = await right(store.append(stream(), 'any', events(2)));
        const page = await right(store.readAll({ after: position, streamPrefix: prefix, limit: 10 }));
        expect(page).toMatchObject({ events: [], end: true });
        expect(page.readTo !== null && page.readTo >= position).toBe(true);
      }),
    );

    test(
      'the head is the position of the newest event',
      withStore(async ({ store, stream, start }) => {
        const { position } = await right(store.append(stream(), 'any', events(3)));
        const head = await right(store.head);
        expect(head !== null && head >= position).toBe(true);
        if (options.startsEmpty !== false) {
          expect(head).toBe(position);
          expect((await wholeOrder(store, { ...start, limit: 10 }))[2]?.position).toBe(head);
        }
      }),
    );

    if (options.startsEmpty !== false) {
      test(
        'an empty store has no head and nothing to read',
        withStore(async ({ store }) => {
          expect(await right(store.head)).toBeNull();
          expect(await right(store.readAll({ limit: 10 }))).toEqual({ events: [], readTo: null, end: true });
          expect(await right(store.readAll({ streamPrefix: 'a', limit: 10 }))).toEqual({
            events: [],
            readTo: null,
            end: true,
          });
        }),
      );
    }

    test(
      'the store keeps its name',
      withStore(async ({ store, another }) => {
        const name = await right(store.storeId);
        expect(name).not.toBe('');
        expect(await right((await another()).storeId)).toBe(name);
      }),
    );
  });
