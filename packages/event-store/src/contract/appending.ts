import { describe, expect, test } from '@jest/globals';
import type { EventData, ExpectedRevision } from '../eventStore';
import { event, events, idsOf, wholeStream } from './events';
import type { Subject } from './fixture';
import { left, right } from './results';

type Case = readonly [expected: ExpectedRevision, length: number];

/** Every expectation with every condition of a stream: absent, of one event, of three. */
const met: ReadonlyArray<Case> = [
  ['any', 0],
  ['any', 1],
  ['any', 3],
  ['no-stream', 0],
  ['stream-exists', 1],
  ['stream-exists', 3],
  [0, 1],
  [2, 3],
];
const unmet: ReadonlyArray<Case> = [
  ['no-stream', 1],
  ['no-stream', 3],
  ['stream-exists', 0],
  [0, 0],
  [2, 0],
  [1, 1],
  [2, 1],
  [0, 3],
  [1, 3],
  [3, 3],
  [Number.MAX_SAFE_INTEGER, 3],
];

/** Appends and expected revisions. */
export const appending = ({ withStore, options }: Subject): void =>
  describe('appending', () => {
    test.each(met)('expecting %p goes through on a stream of %p events', (expected, length) =>
      withStore(async ({ store, stream }) => {
        const before: ReadonlyArray<EventData> = length === 0 ? [] : events(length);
        const [first, ...rest] = before;
        if (first !== undefined) await right(store.append(stream(), 'no-stream', [first, ...rest]));
        const added = events(2);
        const result = await right(store.append(stream(), expected, added));
        const stored = await wholeStream(store, stream());
        expect(idsOf(stored)).toEqual(idsOf([...before, ...added]));
        expect(result).toEqual({ revision: length + 1, position: stored[length + 1]?.position });
      })(),
    );

    test.each(unmet)('expecting %p conflicts with a stream of %p events', (expected, length) =>
      withStore(async ({ store, stream }) => {
        if (length > 0) await right(store.append(stream(), 'no-stream', events(length)));
        const before = await wholeStream(store, stream());
        const head = await right(store.head);
        expect(await left(store.append(stream(), expected, events(2)))).toEqual({
          _tag: 'AppendConflict',
          stream: stream(),
          expected,
          actual: length === 0 ? 'no-stream' : length - 1,
        });
        expect(await wholeStream(store, stream())).toEqual(before);
        if (options.startsEmpty !== false) expect(await right(store.head)).toBe(head);
      })(),
    );

    test(
      'records what was given, with stream, revision and time',
      withStore(async ({ store, stream }) => {
        const given = [
          event({ type: 'First' }),
          event({ type: 'Second', data: 'null', metadata: '[1]' }),
        ] as const;
        await right(store.append(stream(), 'no-stream', [...given]));
        const clock = await right(store.clock);
        const stored = await wholeStream(store, stream());
        expect(stored).toMatchObject(given.map((one, revision) => ({ ...one, revision, stream: stream() })));
        for (const { recordedAt } of stored) expect(Math.abs(clock - recordedAt)).toBeLessThan(60_000);
      }),
    );

    test(
      'streams do not touch each other, however alike their names',
      withStore(async ({ store, stream }) => {
        const names = ['a', 'A', 'a-b', 'ä', 'a b', 'a%', 'a_', '雪', '🗝'].map(stream);
        for (const name of names) {
          expect(await right(store.append(name, 'no-stream', events(1)))).toMatchObject({ revision: 0 });
        }
        for (const name of names) {
          expect((await wholeStream(store, name)).map((one) => one.stream)).toEqual([name]);
        }
      }),
    );

    test(
      'takes several hundred events at once, all or none',
      withStore(async ({ store, stream }) => {
        const many = events(300);
        expect(await right(store.append(stream(), 'no-stream', many))).toMatchObject({ revision: 299 });
        await left(store.append(stream(), 'no-stream', events(300)));
        expect(idsOf(await wholeStream(store, stream()))).toEqual(idsOf(many));
      }),
    );

    test(
      'appends made without waiting keep their own outcomes',
      withStore(async ({ store, stream }) => {
        const outcomes = await Promise.all([
          store.append(stream('a'), 'no-stream', events(1))(),
          store.append(stream('a'), 'no-stream', events(1))(),
          store.append(stream('b'), 'no-stream', events(2))(),
          store.append(stream('c'), 'stream-exists', events(1))(),
        ]);
        expect(outcomes.map(({ _tag }) => _tag).sort()).toEqual(['Left', 'Left', 'Right', 'Right']);
        expect(await wholeStream(store, stream('a'))).toHaveLength(1);
        expect(await wholeStream(store, stream('b'))).toHaveLength(2);
        expect(await wholeStream(store, stream('c'))).toHaveLength(0);
      }),
    );
  });
