import { describe, expect, test } from '@jest/globals';
import type { StoredSnapshot } from '../eventStore';
import { events, wholeStream } from './events';
import type { Subject } from './fixture';
import { right } from './results';

const snapshot = (revision: number, data = `{"sum":${revision}}`): StoredSnapshot => ({
  revision,
  schemaVersion: 1,
  data,
});

/** One snapshot a stream, the newest. */
export const snapshots = ({ withStore }: Subject): void =>
  describe('snapshots', () => {
    test(
      'a stream has none until one is saved',
      withStore(async ({ store, stream }) => {
        await right(store.append(stream(), 'any', events(1)));
        expect(await right(store.loadSnapshot(stream()))).toBeNull();
      }),
    );

    test(
      'gives back what was saved',
      withStore(async ({ store, stream, another }) => {
        const saved = { revision: 3, schemaVersion: 7, data: ' {"deep":[{"k-1":null},"ü🗝",0.10]}' };
        await right(store.saveSnapshot(stream(), saved));
        expect(await right(store.loadSnapshot(stream()))).toEqual(saved);
        expect(await right((await another()).loadSnapshot(stream()))).toEqual(saved);
      }),
    );

    test(
      'keeps the newest only, whatever the order of saving',
      withStore(async ({ store, stream }) => {
        await right(store.saveSnapshot(stream(), snapshot(3)));
        await right(store.saveSnapshot(stream(), snapshot(10)));
        await right(store.saveSnapshot(stream(), snapshot(9)));
        await right(store.saveSnapshot(stream(), snapshot(0)));
        expect(await right(store.loadSnapshot(stream()))).toEqual(snapshot(10));
      }),
    );

    test(
      'of the same revision replaces: the fold has changed',
      withStore(async ({ store, stream }) => {
        await right(store.saveSnapshot(stream(), snapshot(3)));
        const folded = { ...snapshot(3, '"folded anew"'), schemaVersion: 2 };
        await right(store.saveSnapshot(stream(), folded));
        expect(await right(store.loadSnapshot(stream()))).toEqual(folded);
      }),
    );

    test(
      'belongs to its stream alone, and is no event',
      withStore(async ({ store, stream, prefix, start }) => {
        await right(store.append(stream('a'), 'any', events(1)));
        await right(store.saveSnapshot(stream('a'), snapshot(0)));
        await right(store.saveSnapshot(stream('b'), snapshot(5)));
        expect(await right(store.loadSnapshot(stream('a')))).toEqual(snapshot(0));
        expect(await right(store.loadSnapshot(stream('b')))).toEqual(snapshot(5));
        expect(await wholeStream(store, stream('a'))).toHaveLength(1);
        expect(await wholeStream(store, stream('b'))).toHaveLength(0);
        const page = await right(store.readAll({ ...start, streamPrefix: prefix, limit: 10 }));
        expect(page.events).toHaveLength(1);
      }),
    );

    test(
      'holds a state of ten thousand parts',
      withStore(async ({ store, stream }) => {
        const pins = Array.from({ length: 10_000 }, (_, run) => ({ run: `run-${run}`, pin: run % 7 }));
        const data = JSON.stringify(pins);
        await right(store.saveSnapshot(stream(), snapshot(1, data)));
        expect(await right(store.loadSnapshot(stream()))).toEqual(snapshot(1, data));
      }),
    );
  });
