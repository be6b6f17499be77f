import { describe, expect, test } from '@jest/globals';
import type { ReadStreamOptions } from '../eventStore';
import { events, idsOf, wholeStream } from './events';
import type { Subject } from './fixture';
import { right } from './results';

type Options = Omit<ReadStreamOptions, 'direction'>;
type Case = readonly [options: Options, revisions: ReadonlyArray<number>, end: boolean];

/** Reads of a stream of five events. */
const forwards: ReadonlyArray<Case> = [
  [{ limit: 10 }, [0, 1, 2, 3, 4], true],
  [{ limit: 5 }, [0, 1, 2, 3, 4], true],
  [{ limit: 4 }, [0, 1, 2, 3], false],
  [{ limit: 1 }, [0], false],
  [{ limit: 2, from: 2 }, [2, 3], false],
  [{ limit: 2, from: 3 }, [3, 4], true],
  [{ limit: 2, from: 4 }, [4], true],
  [{ limit: 2, from: 5 }, [], true],
  [{ limit: 4_096, from: Number.MAX_SAFE_INTEGER }, [], true],
];
const backwards: ReadonlyArray<Case> = [
  [{ limit: 10 }, [4, 3, 2, 1, 0], true],
  [{ limit: 5 }, [4, 3, 2, 1, 0], true],
  [{ limit: 4 }, [4, 3, 2, 1], false],
  [{ limit: 1 }, [4], false],
  [{ limit: 2, from: 3 }, [3, 2], false],
  [{ limit: 2, from: 1 }, [1, 0], true],
  [{ limit: 2, from: 0 }, [0], true],
  [{ limit: 2, from: 5 }, [4, 3], false],
  [{ limit: 4_096, from: Number.MAX_SAFE_INTEGER }, [4, 3, 2, 1, 0], true],
];

/** Reads of one stream, both ways, page by page. */
export const readingStreams = ({ withStore }: Subject): void =>
  describe('reading a stream', () => {
    const cases = [
      ...forwards.map((one) => ['forwards', ...one] as const),
      ...backwards.map((one) => ['backwards', ...one] as const),
    ];
    test.each(cases)('%s with %p gives %p', (direction, options, revisions, end) =>
      withStore(async ({ store, stream }) => {
        const five = events(5);
        await right(store.append(stream('before'), 'any', events(1)));
        await right(store.append(stream(), 'no-stream', five));
        await right(store.append(stream('behind'), 'any', events(1)));
        const page = await right(store.readStream(stream(), { direction, ...options }));
        expect(page.events.map(({ revision }) => revision)).toEqual(revisions);
        expect(idsOf(page.events)).toEqual(revisions.map((revision) => five[revision]?.id));
        expect(page.end).toBe(end);
      })(),
    );

    test.each(['forwards', 'backwards'] as const)('that does not exist is empty, %s', (direction) =>
      withStore(async ({ store, stream }) => {
        for (const from of [{}, { from: 0 }, { from: 7 }]) {
          expect(await right(store.readStream(stream(), { direction, limit: 10, ...from }))).toEqual({
            events: [],
            end: true,
          });
        }
      })(),
    );

    test(
      'page by page gives every event once, also while it grows',
      withStore(async ({ store, stream }) => {
        const first = events(7);
        const second = events(6);
        await right(store.append(stream(), 'no-stream', first));
        const page = await right(store.readStream(stream(), { direction: 'forwards', limit: 5 }));
        await right(store.append(stream(), 6, second));
        const rest = await right(store.readStream(stream(), { direction: 'forwards', from: 5, limit: 50 }));
        expect(idsOf([...page.events, ...rest.events])).toEqual(idsOf([...first, ...second]));
        expect(rest.end).toBe(true);
      }),
    );

    test(
      'backwards gives the same events as forwards',
      withStore(async ({ store, stream }) => {
        await right(store.append(stream(), 'no-stream', events(5)));
        const page = await right(store.readStream(stream(), { direction: 'backwards', limit: 5 }));
        expect([...page.events].reverse()).toEqual(await wholeStream(store, stream()));
      }),
    );

    test(
      'shows what this handle and others have appended at once',
      withStore(async ({ store, stream, another }) => {
        const other = await another();
        await right(store.append(stream(), 'no-stream', events(1)));
        expect(await wholeStream(other, stream())).toHaveLength(1);
        await right(other.append(stream(), 0, events(1)));
        expect(await wholeStream(store, stream())).toHaveLength(2);
      }),
    );
  });
