import { describe, expect, test } from '@jest/globals';
import type { EventStore } from '@keyturn/event-store';
import type { EsdbServer } from '@keyturn/testbed/esdb';
import { withServer } from './testSupport/onServer';
import { event, left, right } from './testSupport/outcomes';

const QUICK = ['maxDiscoverAttempts=2', 'discoveryInterval=1'];
const stopAll = ({ nodes }: EsdbServer): void => nodes.forEach((node) => node.stop());
const startAll = ({ nodes }: EsdbServer): void => nodes.forEach((node) => node.start());

const anyAppend = (store: EventStore, stream: string) => store.append(stream, 'any', [event(stream)]);

describe('a cluster whose nodes are all gone', () => {
  test(
    'is unavailable, and found again once it is back: for appends alone, too',
    withServer(
      async ({ server, another }) => {
        const store = await another(...QUICK);
        await right(anyAppend(store, 'a'));
        stopAll(server);
        // What was on its way when the nodes went may have been done.
        expect(await left(anyAppend(store, 'b'))).toMatchObject({
          code: expect.stringMatching(/unavailable|outcome-unknown/),
        });
        for (const stream of ['c', 'd']) {
          expect(await left(anyAppend(store, stream))).toMatchObject({ code: 'unavailable' });
        }
        startAll(server);
        await right(anyAppend(store, 'e'));
      },
      { nodes: 3 },
    ),
  );

  test(
    'ends all that is in flight with a fault',
    withServer(
      async ({ server, another }) => {
        const store = await another(...QUICK);
        const calls = Array.from({ length: 40 }, async (_, n) => {
          const stream = `s${n}`;
          return n % 2 === 0
            ? anyAppend(store, stream)()
            : store.readStream(stream, { direction: 'forwards', limit: 1 })();
        });
        stopAll(server);
        const outcomes = await Promise.all(calls);
        const faults = outcomes.flatMap((outcome) => (outcome._tag === 'Left' ? [outcome.left] : []));
        expect(
          faults.filter(
            (fault) => !('code' in fault && ['unavailable', 'outcome-unknown'].includes(fault.code)),
          ),
        ).toEqual([]);
      },
      { nodes: 3 },
    ),
  );

  test(
    'keeps no store from being closed',
    withServer(
      async ({ server, another }) => {
        const [before, meanwhile] = [await another(...QUICK), await another(...QUICK)];
        stopAll(server);
        const looking = meanwhile.head();
        await Promise.all([before.close(), meanwhile.close()]);
        expect(await looking).toMatchObject({ left: { code: 'unavailable' } });
        expect(await left(anyAppend(meanwhile, 'a'))).toMatchObject({ code: 'closed' });
      },
      { nodes: 3 },
    ),
  );
});

test(
  'a read in flight ends when its store is closed',
  withServer(async ({ server, another }) => {
    const store = await another();
    server.faults.delay(2_000);
    const page = store.readAll({ limit: 1 })();
    await store.close();
    expect(await page).toMatchObject({ _tag: 'Left' });
    expect(await left(store.head)).toMatchObject({ code: 'closed' });
    server.faults.delay(0);
  }),
);
