import {
  END,
  MaxAppendSizeExceededError,
  START,
  binaryEvent,
  streamNameFilter,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closedAfterEach } from './testSupport/closedAfterEach';
import { numbered, range, startConnected } from './testSupport/connected';
import { countOf, makeFollowing, revisionsOf, type Following } from './testSupport/following';
import type { ServerVersion } from './version/serverVersion';

const closed = closedAfterEach();

const followStream = (client: EventStoreDBClient, stream: string): Following => {
  const following = makeFollowing();
  following.follow(client.subscribeToStream(stream, { fromRevision: END }));
  return following;
};

describe.each<ServerVersion>(['23.10', '24.6', '24.10'])('A subscription of %s', (version) => {
  test('gives what is there in order, and then what comes', async () => {
    const { client } = await closed(startConnected({ version }));
    const stream = randomUUID();
    await client.appendToStream(stream, numbered(...range(0, 99)));
    const filter = streamNameFilter({ prefixes: [stream] });
    const both = [
      client.subscribeToAll({ fromPosition: START, filter }),
      client.subscribeToStream(stream),
    ].map((subscription) => {
      const following = makeFollowing();
      following.follow(subscription);
      return following;
    });
    for (const following of both) {
      await following.until((said) => countOf(said, 'caught-up') === 1 && countOf(said, 'event') === 100);
    }
    await client.appendToStream(stream, numbered(100));
    for (const following of both) {
      await following.until((said) => countOf(said, 'event') === 101);
      expect(revisionsOf(following.said)).toEqual(range(0, 100));
    }
  });

  // ConsumerTooSlow in Enumerators.AllSubscriptionFiltered.cs and Enumerators.StreamSubscription.cs of 23.10
  test(`${version === '23.10' ? 'ends' : 'goes on'} when much comes at once while it is live`, async () => {
    const { client } = await closed(startConnected({ version }));
    const stream = randomUUID();
    const all = makeFollowing();
    const filter = streamNameFilter({ prefixes: [stream] });
    all.follow(client.subscribeToAll({ fromPosition: END, filter }));
    const both = [all, followStream(client, stream)];
    for (const one of both) await one.until((said) => countOf(said, 'caught-up') === 1);
    await client.appendToStream(stream, numbered(...range(0, 199)));
    for (const one of both) {
      const every = one.until((said) => countOf(said, 'event') === 200);
      const ended = await every.then(
        () => 'all of it',
        (error: unknown) => String(error),
      );
      expect(ended).toContain(
        version === '23.10' ? 'Consumer too slow to handle event while live' : 'all of it',
      );
    }
  });
});

// Data/Event.cs: 24.10.4 and later count more than the data.
describe.each<[ServerVersion, boolean]>([
  ['23.10', true],
  ['24.6', true],
  ['24.10', false],
])('ES-D6: %s', (version, fits) => {
  test.each([true, false])('counts the data of an append, or more (batch: %s)', async (batchAppend) => {
    const { client } = await closed(
      startConnected({ version, maxAppendBytes: 100, features: { batchAppend } }),
    );
    const sized = (data: number, metadata: number) =>
      client.appendToStream(
        randomUUID(),
        binaryEvent({ type: 'T', data: Buffer.alloc(data), metadata: Buffer.alloc(metadata) }),
      );
    await expect(sized(101, 0)).rejects.toThrow(MaxAppendSizeExceededError);
    const ended = await sized(100, 200).then(
      () => 'written',
      (error: unknown) => error instanceof MaxAppendSizeExceededError && 'too large',
    );
    expect(ended).toBe(fits ? 'written' : 'too large');
  });
});
