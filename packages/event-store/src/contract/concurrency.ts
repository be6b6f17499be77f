import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { randomUUID } from 'node:crypto';
import type { EventStore, ExpectedRevision } from '../eventStore';
import { event, events, idsOf, wholeOrder, wholeStream } from './events';
import type { Subject } from './fixture';
import { right } from './results';

const WRITERS = 8;
const APPENDS = 12;

/** Appends where the stream ends, and tries again where another was first. */
const appendWithRetry = async (store: EventStore, stream: string): Promise<string> => {
  const added = event({ id: randomUUID() });
  let expected: ExpectedRevision = 'no-stream';
  for (;;) {
    const outcome = await store.append(stream, expected, [added])();
    if (E.isRight(outcome)) return added.id;
    if (outcome.left._tag === 'StoreFault') throw outcome.left;
    expected = outcome.left.actual;
  }
};

/** Writers that meet. */
export const concurrency = ({ withStore }: Subject): void =>
  describe('writers at once', () => {
    test(
      'with optimistic retry lose nothing and double nothing',
      withStore(async ({ store, another, stream, prefix, start }) => {
        const handles = [store, await another()];
        const names = ['a', 'b', 'c'].map(stream);
        const writer = async (number: number): Promise<ReadonlyArray<string>> => {
          const ids: string[] = [];
          for (let round = 0; round < APPENDS; round += 1) {
            const name = names[(number + round) % names.length] ?? prefix;
            ids.push(await appendWithRetry(handles[number % 2] ?? store, name));
          }
          return ids;
        };
        const written = await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));
        const all = await wholeOrder(store, { ...start, streamPrefix: prefix, limit: 50 });
        expect([...idsOf(all)].sort()).toEqual([...written.flat()].sort());
        for (const ids of written) {
          const own = new Set(ids);
          expect(idsOf(all).filter((id) => own.has(id))).toEqual(ids);
        }
        for (const name of names) {
          const revisions = (await wholeStream(store, name)).map(({ revision }) => revision);
          expect(revisions).toEqual(revisions.map((_, index) => index));
        }
      }),
    );

    test.each(['no-stream', 1] as const)('that all expect %p: one wins, the others conflict', (expected) =>
      withStore(async ({ store, another, stream }) => {
        if (expected === 1) await right(store.append(stream(), 'no-stream', events(2)));
        const handles = [store, await another()];
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            (handles[index % 2] ?? store).append(stream(), expected, events(2))(),
          ),
        );
        const won = outcomes.filter(E.isRight);
        expect(won).toHaveLength(1);
        for (const outcome of outcomes.filter(E.isLeft)) {
          expect(outcome.left).toMatchObject({ _tag: 'AppendConflict', actual: won[0]?.right.revision });
        }
        expect(await wholeStream(store, stream())).toHaveLength(expected === 1 ? 4 : 2);
      })(),
    );

    test(
      'on many streams keep each append together and in order',
      withStore(async ({ store, stream, prefix, start }) => {
        const names = Array.from({ length: 50 }, (_, index) => stream(`s${index}`));
        const batches = await Promise.all(
          names.map(async (name) => {
            const batch = events(3);
            await right(store.append(name, 'no-stream', batch));
            return idsOf(batch);
          }),
        );
        const all = await wholeOrder(store, { ...start, streamPrefix: prefix, limit: 1_000 });
        for (const [index, name] of names.entries()) {
          const places = all.flatMap((one, place) => (one.stream === name ? [place] : []));
          const [first = -1] = places;
          expect(places).toEqual([first, first + 1, first + 2]);
          expect(idsOf(all.slice(first, first + 3))).toEqual(batches[index]);
        }
      }),
    );
  });
