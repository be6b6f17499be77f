import { describe, expect, test } from '@jest/globals';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type { EventData, ExpectedRevision } from '../eventStore';
import { event, events, idsOf, wholeOrder, wholeStream } from './events';
import type { Fixture, Subject } from './fixture';
import { right } from './results';

const exactly: ReadonlyArray<readonly [expected: ExpectedRevision & (number | 'no-stream'), length: number]> =
  [
    ['no-stream', 0],
    [0, 1],
    [2, 3],
  ];

/** Runs `attempt`, and expects that it wrote nothing. */
const writesNothing = async <A>({ store, prefix, start }: Fixture, attempt: () => Promise<A>): Promise<A> => {
  const all = { ...start, streamPrefix: prefix, limit: 100 };
  const before = idsOf(await wholeOrder(store, all));
  const result = await attempt();
  expect(idsOf(await wholeOrder(store, all))).toEqual(before);
  return result;
};

/** The same append sent again, as after an answer that got lost. */
export const retrying = ({ withStore, options }: Subject): void =>
  describe('retrying an append', () => {
    describe.each(exactly)('that expected %p, on a stream of %p events', (expected, length) => {
      const prepared = (run: (fixture: Fixture) => Promise<void>) =>
        withStore(async (fixture) => {
          if (length > 0) await right(fixture.store.append(fixture.stream(), 'no-stream', events(length)));
          await run(fixture);
        });

      test(
        'gives the first result and writes nothing',
        prepared(async (fixture) => {
          const { store, stream } = fixture;
          const batch = events(3);
          const first = await right(store.append(stream(), expected, batch));
          const again = await writesNothing(fixture, () => right(store.append(stream(), expected, batch)));
          expect(again).toEqual(first);
        }),
      );

      test(
        'still does so when the stream has moved on',
        prepared(async (fixture) => {
          const { store, stream } = fixture;
          const batch = events(2);
          const first = await right(store.append(stream(), expected, batch));
          await right(store.append(stream(), first.revision, events(2)));
          await right(store.append(stream('other'), 'any', events(1)));
          const again = await writesNothing(fixture, () => right(store.append(stream(), expected, batch)));
          expect(again).toEqual(first);
        }),
      );

      test(
        'goes by the ids, not by the data',
        prepared(async (fixture) => {
          const { store, stream } = fixture;
          const one = event();
          const first = await right(store.append(stream(), expected, [one]));
          const again = await writesNothing(fixture, () =>
            right(store.append(stream(), expected, [{ ...one, data: '"rendered anew"' }])),
          );
          expect(again).toEqual(first);
        }),
      );

      const [a, b, c] = [event(), event(), event()];
      const overlaps: ReadonlyArray<readonly [what: string, batch: NonEmptyArray<EventData>]> = [
        ['one event more', [a, b, c]],
        ['the last event exchanged', [a, c]],
        ['the first event exchanged', [c, b]],
        ['its events in another order', [b, a]],
        ['only its last event', [b]],
      ];
      test.each(overlaps)('with %s is refused and writes nothing', (_, batch) =>
        prepared(async (fixture) => {
          const { store, stream } = fixture;
          await right(store.append(stream(), expected, [a, b]));
          const outcome = await writesNothing(fixture, store.append(stream(), expected, batch));
          expect(outcome).toMatchObject({ _tag: 'Left' });
        })(),
      );

      test(
        'with only its first events never doubles them',
        prepared(async (fixture) => {
          const { store, stream } = fixture;
          await right(store.append(stream(), expected, [a, b]));
          expect(await writesNothing(fixture, store.append(stream(), expected, [a]))).toHaveProperty('_tag');
        }),
      );

      test(
        'many times at once writes it once',
        prepared(async ({ store, stream, another }) => {
          const batch = events(2);
          const handles = [store, await another()];
          const results = await Promise.all(
            Array.from({ length: 10 }, (_, index) =>
              right((handles[index % 2] ?? store).append(stream(), expected, batch)),
            ),
          );
          expect(new Set(results.map(({ revision }) => revision)).size).toBe(1);
          expect(new Set(results.map(({ position }) => position)).size).toBe(1);
          expect(await wholeStream(store, stream())).toHaveLength(length + 2);
        }),
      );
    });

    if (options.severalHandles === true) {
      test(
        'on another handle gives the first result',
        withStore(async (fixture) => {
          const { store, stream, another } = fixture;
          const batch = events(2);
          const first = await right(store.append(stream(), 'no-stream', batch));
          const other = await another();
          expect(
            await writesNothing(fixture, () => right(other.append(stream(), 'no-stream', batch))),
          ).toEqual(first);
        }),
      );
    }
  });
