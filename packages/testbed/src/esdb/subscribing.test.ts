import { END, START, StreamDeletedError, streamNameFilter, type Position } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closedAfterEach } from './testSupport/closedAfterEach';
import { eventsOf, numbered, range, startConnected, type Connected } from './testSupport/connected';
import type { ServerVersion } from './version/serverVersion';
import { checkpointsOf, countOf, makeFollowing, revisionsOf, type Following } from './testSupport/following';

const closed = closedAfterEach();
let connected: Connected;
beforeAll(async () => {
  connected = await startConnected({ features: { fellBehind: true } });
});
afterAll(() => connected.close());

const uniquePrefix = (): string => `${randomUUID()}-`;

// What is sent when: Enumerator.AllSubscriptionFiltered.cs and SubscriptionsService.cs of the server's source.
describe('A subscription to $all with a filter', () => {
  interface Follow {
    readonly prefix: string;
    readonly fromPosition?: Position | typeof START | typeof END;
    readonly maxSearchWindow?: number;
    readonly checkpointInterval?: number;
  }
  const follow = ({ prefix, fromPosition = START, ...window }: Follow): Following => {
    const following = makeFollowing();
    const { checkpointReached } = following;
    following.follow(
      connected.client.subscribeToAll({
        fromPosition,
        filter: streamNameFilter({ prefixes: [prefix], ...window, checkpointReached }),
      }),
    );
    return following;
  };
  const caughtUp = (following: Following, times = 1): Promise<void> =>
    following.until((said) => countOf(said, 'caught-up') === times);

  test('is confirmed, catches up with what matches in order, says so, and follows', async () => {
    const prefix = uniquePrefix();
    await connected.client.appendToStream(`${prefix}a`, numbered(...range(0, 49)));
    await connected.client.appendToStream(randomUUID(), numbered(...range(0, 9)));
    const following = follow({ prefix });
    await caughtUp(following);
    expect(following.said[0]).toEqual({ kind: 'confirmed' });
    expect(revisionsOf(following.said)).toEqual(range(0, 49));

    await connected.client.appendToStream(`${prefix}a`, numbered(50, 51));
    await following.until((said) => countOf(said, 'event') === 52);
    expect(revisionsOf(following.said)).toEqual(range(0, 51));
    const positions = following.said.flatMap((one) => (one.kind === 'event' ? [one.commit] : []));
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
  });

  test('gives a checkpoint when nothing matches for long while it catches up', async () => {
    const prefix = uniquePrefix();
    await connected.client.appendToStream(randomUUID(), numbered(...range(0, 99)));
    const following = follow({ prefix, maxSearchWindow: 5, checkpointInterval: 2 });
    await caughtUp(following);
    expect(countOf(following.said, 'event')).toBe(0);
    expect(checkpointsOf(following.said).length).toBeGreaterThanOrEqual(10);
  });

  test('gives a checkpoint when nothing matches for long while it follows', async () => {
    const prefix = uniquePrefix();
    const following = follow({ prefix, fromPosition: END, maxSearchWindow: 5, checkpointInterval: 2 });
    await caughtUp(following);
    const before = checkpointsOf(following.said).length;
    await connected.client.appendToStream(randomUUID(), numbered(...range(0, 24)));
    await following.until((said) => checkpointsOf(said).length === before + 2);
    expect(countOf(following.said, 'event')).toBe(0);
  });

  // CatchUp in Enumerator.AllSubscriptionFiltered.cs: once the pages read since the last checkpoint have considered as
  // much as the interval, where the last of them began. Since 24.10.5 so again where the log ends, but never where an
  // empty page began (ES-D9).
  test.each<[ServerVersion, number, ReadonlyArray<number>]>([
    ['24.10', 23, [5, 15, 20]],
    ['24.10', 20, [5, 15]],
    ['24.6', 23, [5, 15]],
    ['23.10', 23, [5, 15]],
  ])('catching up with %s gives checkpoints where pages of %i events began', async (version, count, at) => {
    const { client } = await closed(startConnected({ version }));
    await client.appendToStream(randomUUID(), numbered(...range(2, count))); // behind the server's own first event
    const commits = (await eventsOf(client.readAll())).map(({ position }) => position?.commit ?? -1n);
    expect(commits).toHaveLength(count);
    const following = makeFollowing();
    const { checkpointReached } = following;
    const filter = streamNameFilter({
      prefixes: [uniquePrefix()],
      maxSearchWindow: 5,
      checkpointInterval: 2,
      checkpointReached,
    });
    following.follow(client.subscribeToAll({ filter }));
    await caughtUp(following);
    expect(checkpointsOf(following.said)).toEqual(
      at.map((index) => ({ commit: commits[index], prepare: 0n })),
    );
    expect(following.said.at(-1)).toEqual({ kind: 'caught-up' });
  });

  // ProcessEventCommited in SubscriptionsService.cs: at the very event with which the interval is full.
  test('following gives its checkpoints at every so many events, whether or not they match', async () => {
    const prefix = uniquePrefix();
    const following = follow({ prefix, fromPosition: END, maxSearchWindow: 5, checkpointInterval: 2 });
    await caughtUp(following);
    const before = checkpointsOf(following.said).length;
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(...range(0, 11)));
    await connected.client.appendToStream(`${prefix}a`, numbered(...range(0, 12)));
    await following.until((said) => countOf(said, 'event') === 13);
    const commits = [
      ...(await eventsOf(connected.client.readStream(stream))),
      ...(await eventsOf(connected.client.readStream(`${prefix}a`))),
    ].map(({ position }) => position?.commit ?? -1n);
    expect(checkpointsOf(following.said).slice(before)).toEqual(
      [commits[9], commits[19]].map((commit) => ({ commit, prepare: commit })),
    );
  });

  test('goes on after any of its checkpoints, missing nothing and giving nothing twice', async () => {
    const prefix = uniquePrefix();
    for (let n = 0; n < 20; n += 1) {
      await connected.client.appendToStream(`${prefix}a`, numbered(n));
      await connected.client.appendToStream(randomUUID(), numbered(...range(0, 3)));
    }
    const first = follow({ prefix, maxSearchWindow: 3, checkpointInterval: 1 });
    await caughtUp(first);
    const checkpoints = first.said.flatMap((one, index) =>
      one.kind === 'checkpoint' ? [{ ...one, index }] : [],
    );
    for (const { position, index } of checkpoints.filter((_, nth) => nth % 7 === 0)) {
      const seen = revisionsOf(first.said.slice(0, index));
      const second = follow({ prefix, fromPosition: position });
      await caughtUp(second);
      expect([...seen, ...revisionsOf(second.said)]).toEqual(range(0, 19));
      await second.end();
    }
  });

  test('goes on after an event that it gave', async () => {
    const prefix = uniquePrefix();
    const { position } = await connected.client.appendToStream(`${prefix}a`, numbered(0));
    await connected.client.appendToStream(`${prefix}a`, numbered(1, 2));
    const following = follow({ prefix, fromPosition: position ?? START });
    await caughtUp(following);
    expect(revisionsOf(following.said)).toEqual([1, 2]);
  });

  test('says that it fell behind when much comes at once, and that it caught up again', async () => {
    const prefix = uniquePrefix();
    const following = follow({ prefix, fromPosition: END });
    await caughtUp(following);
    await connected.client.appendToStream(`${prefix}a`, numbered(...range(0, 199)));
    await caughtUp(following, 2);
    expect(countOf(following.said, 'fell-behind')).toBe(1);
    expect(revisionsOf(following.said)).toEqual(range(0, 199));
  });

  // LiveChannelOptions in Enumerator.cs: its buffer holds what matches.
  test('ES-D10: does not fall behind by what does not match', async () => {
    const prefix = uniquePrefix();
    const following = follow({ prefix, fromPosition: END, maxSearchWindow: 1000 });
    await caughtUp(following);
    await connected.client.appendToStream(randomUUID(), numbered(...range(0, 199)));
    await connected.client.appendToStream(`${prefix}a`, numbered(...range(0, 31)));
    await following.until((said) => countOf(said, 'event') === 32);
    expect(countOf(following.said, 'fell-behind')).toBe(0);
  });
});

describe('A subscription to $all without a filter', () => {
  test('from the end gets only what comes later', async () => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(0));
    const following = makeFollowing();
    following.follow(connected.client.subscribeToAll({ fromPosition: END }));
    await following.until((said) => countOf(said, 'caught-up') === 1);
    await connected.client.appendToStream(stream, numbered(1));
    await following.until((said) => countOf(said, 'event') === 1);
    expect(following.said).toContainEqual(expect.objectContaining({ stream, revision: 1 }));
  });

  test('of a reader who stops taking events loses none', async () => {
    await connected.client.appendToStream(randomUUID(), numbered(...range(0, 2_999)));
    const read: Array<bigint> = [];
    for await (const { event } of connected.client.readAll()) read.push(event?.position.commit ?? -1n);
    const subscription = connected.client.subscribeToAll();
    const iterator = subscription[Symbol.asyncIterator]();
    const first = await iterator.next();
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(0));
    const seen: Array<unknown> = [first];
    while (seen.length < read.length + 1) seen.push(await iterator.next());
    expect(seen.at(-1)).toMatchObject({ value: { event: { streamId: stream } } });
    await subscription.unsubscribe();
  });

  // ReadResponseException.InvalidPosition of Enumerator.AllSubscription.cs, and RpcExceptions.InvalidPositionException.
  test('at a position at which nothing begins fails', async () => {
    const { position } = await connected.client.appendToStream(randomUUID(), numbered(0));
    const inside = (position?.commit ?? 0n) + 1n;
    await connected.client.appendToStream(randomUUID(), numbered(1));
    const before = makeFollowing();
    before.follow(connected.client.subscribeToAll({ fromPosition: { commit: inside, prepare: inside } }));
    await expect(before.until(() => false)).rejects.toThrow('Trying to read from an invalid position.');
  });
});

describe('A subscription to a stream', () => {
  const follow = (stream: string, options = {}): Following => {
    const following = makeFollowing();
    following.follow(connected.client.subscribeToStream(stream, options));
    return following;
  };

  test('may begin before the stream does', async () => {
    const stream = randomUUID();
    const following = follow(stream);
    await following.until((said) => countOf(said, 'caught-up') === 1);
    await connected.client.appendToStream(stream, numbered(0, 1));
    await following.until((said) => countOf(said, 'event') === 2);
    expect(revisionsOf(following.said)).toEqual([0, 1]);
  });

  test('begins after the revision that it is given, or at the end', async () => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(0, 1, 2));
    const after = follow(stream, { fromRevision: 0n });
    const atEnd = follow(stream, { fromRevision: END });
    await atEnd.until((said) => countOf(said, 'caught-up') === 1);
    await connected.client.appendToStream(stream, numbered(3));
    await atEnd.until((said) => countOf(said, 'event') === 1);
    await after.until((said) => countOf(said, 'event') === 3);
    expect(revisionsOf(atEnd.said)).toEqual([3]);
    expect(revisionsOf(after.said)).toEqual([1, 2, 3]);
  });

  // Enumerator.StreamSubscription.cs: more than its live buffer holds, and it reads pages again.
  test('says that it fell behind when much comes at once, and that it caught up again', async () => {
    const stream = randomUUID();
    const following = follow(stream);
    await following.until((said) => countOf(said, 'caught-up') === 1);
    await connected.client.appendToStream(stream, numbered(...range(0, 199)));
    await following.until((said) => countOf(said, 'caught-up') === 2);
    expect(countOf(following.said, 'fell-behind')).toBe(1);
    expect(revisionsOf(following.said)).toEqual(range(0, 199));
  });

  test('does not say so of as much as is kept for it', async () => {
    const stream = randomUUID();
    const following = follow(stream);
    await following.until((said) => countOf(said, 'caught-up') === 1);
    await connected.client.appendToStream(stream, numbered(...range(0, 31)));
    await following.until((said) => countOf(said, 'event') === 32);
    expect(countOf(following.said, 'fell-behind')).toBe(0);
  });

  // SendEventToSubscription in Enumerator.StreamSubscription.cs
  test('ends when the stream gets a tombstone', async () => {
    const stream = randomUUID();
    const following = follow(stream);
    await following.until((said) => countOf(said, 'caught-up') === 1);
    await connected.client.tombstoneStream(stream);
    await expect(following.until(() => false)).rejects.toThrow(StreamDeletedError);
  });
});
