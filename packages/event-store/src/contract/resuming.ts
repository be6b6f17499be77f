import { describe, expect, test } from '@jest/globals';
import { events, idsOf } from './events';
import type { Subject } from './fixture';
import { follow } from './follower';
import { right } from './results';

/** Subscriptions that end, and begin again where they ended. */
export const resuming = ({ withStore }: Subject): void =>
  describe('resuming a subscription', () => {
    test(
      'after any event gives exactly the rest',
      withStore(async ({ store, stream, prefix, start }) => {
        for (const name of ['a', 'b', 'a', 'c']) await right(store.append(stream(name), 'any', events(3)));
        const whole = follow(store, { ...start, streamPrefix: prefix });
        await whole.untilEvents(12);
        await whole.stop();
        for (const [index, { position }] of whole.events.entries()) {
          const rest = follow(store, { after: position, streamPrefix: prefix, batchSize: 4 });
          await rest.untilCaughtUp();
          expect(rest.events).toEqual(whole.events.slice(index + 1));
          await rest.stop();
        }
      }),
    );

    test(
      'again and again while events are appended loses and doubles nothing',
      withStore(async ({ store, stream, prefix, start }) => {
        const ids: string[] = [];
        const writing = async (): Promise<void> => {
          for (let round = 0; round < 60; round += 1) {
            const batch = events(2);
            await right(store.append(stream(`s${round % 3}`), 'any', batch));
            ids.push(...idsOf(batch));
          }
        };
        const found: string[] = [];
        const reading = async (): Promise<void> => {
          let from = start;
          while (found.length < 120) {
            const follower = follow(store, { ...from, streamPrefix: prefix, batchSize: 3 });
            await follower.untilEvents(1);
            await follower.stop();
            found.push(...idsOf(follower.events));
            const after = follower.position();
            from = after === undefined ? start : { after };
          }
        };
        await Promise.all([writing(), reading()]);
        expect(found).toEqual(ids);
      }),
    );

    test(
      'an aborted signal ends a reader that waits',
      withStore(async ({ store, prefix, start }) => {
        const controller = new AbortController();
        const messages = store.subscribe({ ...start, streamPrefix: prefix, signal: controller.signal });
        let caughtUp = false;
        for await (const message of messages) {
          if (message.kind !== 'caught-up') continue;
          caughtUp = true;
          setImmediate(() => controller.abort());
        }
        expect(caughtUp).toBe(true);
      }),
    );

    test(
      'an aborted signal ends a reader that has not read everything',
      withStore(async ({ store, stream, prefix, start }) => {
        await right(store.append(stream(), 'any', events(50)));
        const follower = follow(store, { ...start, streamPrefix: prefix, batchSize: 1 });
        await follower.untilEvents(2);
        await follower.stop();
        expect(follower.events.length).toBeLessThan(50);
      }),
    );

    test(
      'a signal aborted beforehand gives nothing',
      withStore(async ({ store, stream, prefix, start }) => {
        await right(store.append(stream(), 'any', events(1)));
        const messages = store.subscribe({ ...start, streamPrefix: prefix, signal: AbortSignal.abort() });
        for await (const message of messages) throw new Error(`unexpected message ${message.kind}`);
        expect.assertions(0);
      }),
    );

    test(
      'a reader may leave its loop, and another begin',
      withStore(async ({ store, stream, prefix, start }) => {
        await right(store.append(stream(), 'any', events(3)));
        const { signal } = new AbortController();
        for (let round = 0; round < 3; round += 1) {
          const seen: string[] = [];
          const options = { ...start, streamPrefix: prefix, batchSize: 1, signal };
          for await (const message of store.subscribe(options)) {
            if (message.kind === 'events') seen.push(...idsOf(message.events));
            if (seen.length === 2) break;
          }
          expect(seen).toHaveLength(2);
        }
      }),
    );
  });
