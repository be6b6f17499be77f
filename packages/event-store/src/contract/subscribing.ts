import { describe, expect, test } from '@jest/globals';
import type { EventStore } from '../eventStore';
import { events, idsOf } from './events';
import type { Fixture, Subject } from './fixture';
import { follow } from './follower';
import { right } from './results';

const append = async (store: EventStore, stream: string, count: number): Promise<ReadonlyArray<string>> => {
  const batch = events(count);
  await right(store.append(stream, 'any', batch));
  return idsOf(batch);
};

/** Options that follow this test's streams from where it began. */
const own = ({ start, prefix }: Fixture) => ({ ...start, streamPrefix: prefix });

/** Subscriptions that stay open. */
export const subscribing = ({ withStore, options }: Subject): void =>
  describe('subscribing', () => {
    test.each([1, 3, 100, 4_096])('catches up in batches of %p, then says so', (batchSize) =>
      withStore(async (fixture) => {
        const { store, stream } = fixture;
        const ids = [
          ...(await append(store, stream('a'), 10)),
          ...(await append(store, stream('b'), 7)),
          ...(await append(store, stream('a'), 1)),
        ];
        const follower = follow(store, { ...own(fixture), batchSize });
        await follower.untilCaughtUp();
        expect(idsOf(follower.events)).toEqual(ids);
        await follower.stop();
      })(),
    );

    test(
      'says that it has caught up where there is nothing to read',
      withStore(async (fixture) => {
        const follower = follow(fixture.store, own(fixture));
        await follower.untilCaughtUp();
        expect(follower.events).toEqual([]);
        await follower.stop();
      }),
    );

    test(
      'gives what is appended later, as it is appended',
      withStore(async (fixture) => {
        const { store, stream } = fixture;
        const ids = [...(await append(store, stream(), 2))];
        const follower = follow(store, own(fixture));
        await follower.untilCaughtUp();
        for (let round = 1; round <= 5; round += 1) {
          ids.push(...(await append(store, stream(`s${round}`), round)));
          await follower.untilEvents(ids.length);
          expect(idsOf(follower.events)).toEqual(ids);
        }
        await follower.stop();
      }),
    );

    test(
      'wakes a reader that is waiting already',
      withStore(async (fixture) => {
        const { store, stream } = fixture;
        const follower = follow(store, own(fixture));
        await follower.untilCaughtUp();
        const [, ids] = await Promise.all([follower.untilEvents(2), append(store, stream(), 2)]);
        expect(idsOf(follower.events)).toEqual(ids);
        await follower.stop();
      }),
    );

    test(
      'loses nothing between catching up and following',
      withStore(async (fixture) => {
        const { store, stream } = fixture;
        const ids: string[] = [];
        const follower = follow(store, { ...own(fixture), batchSize: 5 });
        const writing = async (): Promise<void> => {
          for (let round = 0; round < 100; round += 1) {
            ids.push(...(await append(store, stream(`s${round % 4}`), 1 + (round % 3))));
          }
        };
        await Promise.all([writing(), follower.untilEvents(199)]);
        expect(idsOf(follower.events)).toEqual(ids);
        await follower.stop();
      }),
    );

    test(
      'gives a slow reader everything, in batches of the size asked for',
      withStore(async (fixture) => {
        const { store, stream } = fixture;
        const ids = [...(await append(store, stream(), 1))];
        const follower = follow(store, { ...own(fixture), batchSize: 64 });
        await follower.untilEvents(1);
        for (let round = 0; round < 10; round += 1) ids.push(...(await append(store, stream(), 100)));
        await follower.untilEvents(ids.length);
        expect(idsOf(follower.events)).toEqual(ids);
        await follower.stop();
      }),
    );

    test(
      'readers do not hold each other up',
      withStore(async (fixture) => {
        const { store, stream } = fixture;
        const readers = [1, 10, 100].map((batchSize) => follow(store, { ...own(fixture), batchSize }));
        const [slow, ...others] = readers;
        await slow?.untilCaughtUp();
        const ids = await append(store, stream(), 30);
        await Promise.all(others.map((reader) => reader.untilEvents(30)));
        await slow?.untilEvents(30);
        for (const reader of readers) expect(idsOf(reader.events)).toEqual(ids);
        await Promise.all(readers.map((reader) => reader.stop()));
      }),
    );

    test(
      'gives only events of streams with the prefix',
      withStore(async (fixture) => {
        const { store, stream, start } = fixture;
        await append(store, stream('other'), 3);
        const ids = [...(await append(store, stream('wanted-1'), 3))];
        const follower = follow(store, { ...start, streamPrefix: stream('wanted-') });
        await follower.untilEvents(3);
        await append(store, stream('other'), 3);
        ids.push(...(await append(store, stream('wanted-2'), 3)));
        await follower.untilEvents(6);
        expect(idsOf(follower.events)).toEqual(ids);
        await follower.stop();
      }),
    );

    test(
      'says how far it has looked where nothing matches, and resumes from there',
      withStore(async ({ store, stream, start }) => {
        const streamPrefix = stream('wanted');
        const ids = [...(await append(store, stream('wanted'), 1))];
        // More than a server looks through between two checkpoints.
        for (let round = 0; round < 10; round += 1) await append(store, stream('other'), 50);
        const follower = follow(store, { ...start, streamPrefix });
        await follower.until(({ messages }) => messages.some(({ kind }) => kind === 'checkpoint'));
        const after = follower.position();
        await follower.stop();

        ids.push(...(await append(store, stream('wanted'), 2)));
        const resumed = follow(store, { ...(after === undefined ? {} : { after }), streamPrefix });
        await resumed.untilEvents(2);
        expect(idsOf([...follower.events, ...resumed.events])).toEqual(ids);
        await resumed.stop();
      }),
    );

    if (options.severalHandles === true) {
      test(
        'wakes for events that another handle appends',
        withStore(async (fixture) => {
          const { store, stream, another } = fixture;
          const other = await another();
          const follower = follow(store, own(fixture));
          await follower.untilCaughtUp();
          const ids: string[] = [];
          for (let round = 1; round <= 3; round += 1) {
            const [, added] = await Promise.all([
              follower.untilEvents(2 * round),
              append(other, stream(`s${round}`), 2),
            ]);
            ids.push(...added);
          }
          expect(idsOf(follower.events)).toEqual(ids);
          await follower.stop();
        }),
      );
    }
  });
