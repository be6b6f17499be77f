import { END, START, streamNameFilter } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { numbered, range, startConnected, type Connected } from './testSupport/connected';
import { countOf, makeFollowing } from './testSupport/following';

describe('A subscription to $all', () => {
  let connected: Connected;
  beforeAll(async () => {
    connected = await startConnected();
  });
  afterAll(() => connected.close());

  // What is sent when: Enumerator.AllSubscriptionFiltered.cs and SubscriptionsService.cs of the server's source.
  test('catches up with what matches, says so, and follows', async () => {
    const { client } = connected;
    const prefix = `${randomUUID()}-`;
    await client.appendToStream(`${prefix}a`, numbered(...range(0, 49)));
    await client.appendToStream(randomUUID(), numbered(...range(0, 99)));
    const following = makeFollowing();
    following.follow(
      client.subscribeToAll({
        fromPosition: START,
        filter: streamNameFilter({
          prefixes: [prefix],
          maxSearchWindow: 10,
          checkpointInterval: 2,
          checkpointReached: following.checkpointReached,
        }),
      }),
    );
    await following.until((said) => countOf(said, 'caught-up') === 1);
    expect(following.said[0]).toEqual({ kind: 'confirmed' });
    expect(countOf(following.said, 'event')).toBe(50);
    expect(countOf(following.said, 'checkpoint')).toBeGreaterThan(3);

    await client.appendToStream(`${prefix}b`, numbered(1, 2));
    await following.until((said) => countOf(said, 'event') === 52);
    const positions = following.said.flatMap((one) => (one.kind === 'event' ? [one.commit] : []));
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(positions).size).toBe(52);
  });

  test('goes on where a checkpoint stood, missing nothing', async () => {
    const { client } = connected;
    const prefix = `${randomUUID()}-`;
    await client.appendToStream(randomUUID(), numbered(...range(0, 99)));
    const first = makeFollowing();
    const filter = { prefixes: [prefix], maxSearchWindow: 5, checkpointInterval: 1 };
    const subscription = client.subscribeToAll({
      filter: streamNameFilter({ ...filter, checkpointReached: first.checkpointReached }),
    });
    first.follow(subscription);
    await first.until((said) => countOf(said, 'caught-up') === 1);
    await subscription.unsubscribe();
    const checkpoint = first.said.flatMap((one) => (one.kind === 'checkpoint' ? [one.position] : [])).at(-1);

    await client.appendToStream(`${prefix}a`, numbered(...range(0, 9)));
    const second = makeFollowing();
    second.follow(
      client.subscribeToAll({
        fromPosition: checkpoint ?? START,
        filter: streamNameFilter({ ...filter, checkpointReached: second.checkpointReached }),
      }),
    );
    await second.until((said) => countOf(said, 'event') === 10);
    expect(second.said.flatMap((one) => (one.kind === 'event' ? [one.revision] : []))).toEqual(range(0, 9));
  });

  test('from the end gets only what comes later', async () => {
    const { client } = connected;
    const stream = randomUUID();
    await client.appendToStream(stream, numbered(1));
    const following = makeFollowing();
    following.follow(client.subscribeToAll({ fromPosition: END }));
    await following.until((said) => countOf(said, 'caught-up') === 1);
    await client.appendToStream(stream, numbered(2));
    await following.until((said) => countOf(said, 'event') === 1);
    expect(following.said).toContainEqual(expect.objectContaining({ kind: 'event', stream, revision: 1 }));
  });
});
