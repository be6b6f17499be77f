import { describe, expect, test } from '@jest/globals';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { EventData, EventStore } from '../eventStore';
import { StoreFault } from '../faults';
import { event, events, wholeStream } from './events';
import type { Subject } from './fixture';
import { follow } from './follower';
import { left, right } from './results';

const one = event();
const badEvents: ReadonlyArray<readonly [what: string, batch: NonEmptyArray<EventData>]> = [
  ['an id that is no UUID', [event({ id: 'event-1' })]],
  ['an id in upper case', [event({ id: one.id.toUpperCase().replace(/^./, 'A') })]],
  ['an empty id', [event({ id: '' })]],
  ['an id twice', [one, event(), one]],
  ['an empty type', [event({ type: '' })]],
  ['a type of the server', [event({ type: '$metadata' })]],
  ['data that is empty', [event({ data: '' })]],
  ['metadata that is empty', [event({ metadata: '' })]],
  ['data that is no JSON', [event({ data: '{' })]],
  ['metadata that is no JSON', [event({ metadata: 'metadata' })]],
  ['two JSON texts', [event({ data: '{}{}' })]],
  ['half a surrogate pair that is not escaped', [event({ data: '"\ud83d"' })]],
  ['one bad event behind a good one', [event(), event({ id: '' })]],
];

const badStreams: ReadonlyArray<string> = ['', '$streams', 'a\u0000b', 'a\nb', '\ud83d', 'x'.repeat(257)];

const calls: ReadonlyArray<readonly [string, (store: EventStore) => TaskEither<unknown, unknown>]> = [
  ['storeId', (store) => store.storeId],
  ['append', (store) => store.append('contract', 'any', events(1))],
  ['readStream', (store) => store.readStream('contract', { direction: 'forwards', limit: 1 })],
  ['readAll', (store) => store.readAll({ limit: 1 })],
  ['head', (store) => store.head],
  ['loadSnapshot', (store) => store.loadSnapshot('contract')],
  [
    'saveSnapshot',
    (store) => store.saveSnapshot('contract', { revision: 0, schemaVersion: 1, data: '1', parts: new Map() }),
  ],
  ['clock', (store) => store.clock],
];

const expectFault = (fault: unknown, code: StoreFault['code']): void => {
  expect(fault).toBeInstanceOf(StoreFault);
  expect(fault).toMatchObject({ code });
};

/** Calls that no store takes, and stores that are closed. */
export const faults = ({ withStore, options }: Subject): void =>
  describe('faults', () => {
    test.each(badEvents)('an append with %s is invalid and writes nothing', (_, batch) =>
      withStore(async ({ store, stream }) => {
        expectFault(await left(store.append(stream(), 'any', batch)), 'invalid-argument');
        expect(await wholeStream(store, stream())).toEqual([]);
      })(),
    );

    test(
      'a bad append leaves others alone that are made beside it',
      withStore(async ({ store, stream }) => {
        const [good, bad, alsoGood] = await Promise.all([
          store.append(stream('a'), 'no-stream', events(1))(),
          store.append(stream('a'), 0, [event({ id: '' })])(),
          store.append(stream('b'), 'no-stream', events(1))(),
        ]);
        expect([good, bad, alsoGood].map(({ _tag }) => _tag)).toEqual(['Right', 'Left', 'Right']);
      }),
    );

    test.each(badStreams)('no stream is named %j', (name) =>
      withStore(async ({ store }) => {
        const snapshot = { revision: 0, schemaVersion: 1, data: '1', parts: new Map() };
        expectFault(await left(store.append(name, 'any', events(1))), 'invalid-argument');
        expectFault(
          await left(store.readStream(name, { direction: 'forwards', limit: 1 })),
          'invalid-argument',
        );
        expectFault(await left(store.loadSnapshot(name)), 'invalid-argument');
        expectFault(await left(store.saveSnapshot(name, snapshot)), 'invalid-argument');
      })(),
    );

    test.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53])('%p is no revision', (revision) =>
      withStore(async ({ store, stream }) => {
        const read = { direction: 'backwards', from: revision, limit: 1 } as const;
        expectFault(await left(store.append(stream(), revision, events(1))), 'invalid-argument');
        expectFault(await left(store.readStream(stream(), read)), 'invalid-argument');
        expectFault(
          await left(
            store.saveSnapshot(stream(), { revision, schemaVersion: 1, data: '1', parts: new Map() }),
          ),
          'invalid-argument',
        );
      })(),
    );

    test.each([0, -1, 1.5, 4_097, Number.NaN])('no page holds %p events', (limit) =>
      withStore(async ({ store, stream }) => {
        expectFault(
          await left(store.readStream(stream(), { direction: 'forwards', limit })),
          'invalid-argument',
        );
        expectFault(await left(store.readAll({ limit })), 'invalid-argument');
        const fault: unknown = await follow(store, { batchSize: limit })
          .untilCaughtUp()
          .catch((thrown: unknown) => thrown);
        expectFault(fault, 'invalid-argument');
      })(),
    );

    test(
      'a snapshot that is no JSON is invalid, and the stored one stays',
      withStore(async ({ store, stream }) => {
        const saved = { revision: 1, schemaVersion: 1, data: '"good"', parts: new Map() };
        await right(store.saveSnapshot(stream(), saved));
        const bad = { revision: 2, schemaVersion: 1, data: 'bad', parts: new Map() };
        expectFault(await left(store.saveSnapshot(stream(), bad)), 'invalid-argument');
        expect(await right(store.loadSnapshot(stream()))).toEqual(saved);
      }),
    );

    test.each(['', 'a b', 'a/b', 'é', 'x'.repeat(65), '__proto__ '])('%j names no part', (name) =>
      withStore(async ({ store, stream }) => {
        const snapshot = { revision: 1, schemaVersion: 1, data: '1', parts: new Map([[name, '1']]) };
        expectFault(await left(store.saveSnapshot(stream(), snapshot)), 'invalid-argument');
        expect(await right(store.loadSnapshot(stream()))).toBeNull();
      })(),
    );

    test.each(calls)('%s of a closed store says that it is closed', (_, call) =>
      withStore(async ({ store }) => {
        await store.close();
        expectFault(await left(call(store)), 'closed');
      })(),
    );

    test(
      'closing ends a subscription that waits, with the fault closed',
      withStore(async ({ store, prefix, start }) => {
        const follower = follow(store, { ...start, streamPrefix: prefix });
        await follower.untilCaughtUp();
        const reading = follower.untilEvents(1).catch((thrown: unknown) => thrown);
        await store.close();
        expectFault(await reading, 'closed');
      }),
    );

    test(
      'closing lets appends under way finish, and may be asked for twice',
      withStore(async ({ store, stream }) => {
        const appends = Array.from({ length: 5 }, (_, index) =>
          store.append(stream(`s${index}`), 'no-stream', events(1))(),
        );
        await Promise.all([store.close(), store.close()]);
        for (const outcome of await Promise.all(appends)) expect(outcome._tag).toBe('Right');
      }),
    );

    const { maxAppendBytes } = options;
    if (maxAppendBytes !== undefined) {
      test(
        'an append that is too large is refused, and one that fits goes through after it',
        withStore(async ({ store, stream }) => {
          const limit = typeof maxAppendBytes === 'number' ? maxAppendBytes : await maxAppendBytes();
          const large = event({ data: JSON.stringify('x'.repeat(limit)) });
          expectFault(await left(store.append(stream(), 'no-stream', [large])), 'too-large');
          await right(store.append(stream(), 'no-stream', events(1)));
        }),
      );
    }
  });
