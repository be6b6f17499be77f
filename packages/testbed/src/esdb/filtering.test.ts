import {
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  streamNameFilter,
  type Filter,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startConnected, type Connected } from './testSupport/connected';
import { countOf, makeFollowing } from './testSupport/following';

describe('A filter of $all', () => {
  let connected: Connected;
  beforeAll(async () => {
    connected = await startConnected();
    const { client } = connected;
    for (const stream of ['keyring-a', 'keyring-b', 'other-keyring-c']) {
      await client.appendToStream(stream, [
        jsonEvent({ type: 'KeyAdded', data: {} }),
        jsonEvent({ type: 'RunKeyPinned', data: {} }),
      ]);
    }
    await client.setStreamMetadata('keyring-a', { maxCount: 10 });
  });
  afterAll(() => connected.close());

  const matching = async (filter: Filter): Promise<ReadonlyArray<string>> => {
    const following = makeFollowing();
    following.follow(connected.client.subscribeToAll({ filter }));
    await following.until((said) => countOf(said, 'caught-up') === 1);
    return following.said.flatMap((one) =>
      one.kind === 'event' ? [`${one.stream.replace(/:\d+$/, '')} ${one.type}`] : [],
    );
  };

  // EventFilter.cs: StartsWith by ordinals for prefixes, IsMatch for patterns.
  test('by prefixes of the stream’s name takes those that begin with any', async () => {
    expect(await matching(streamNameFilter({ prefixes: ['keyring-a', 'other-'] }))).toEqual([
      'keyring-a KeyAdded',
      'keyring-a RunKeyPinned',
      'other-keyring-c KeyAdded',
      'other-keyring-c RunKeyPinned',
    ]);
  });

  test('by a pattern of the stream’s name takes those in which it is found', async () => {
    expect(await matching(streamNameFilter({ regex: '-[bc]$' }))).toEqual([
      'keyring-b KeyAdded',
      'keyring-b RunKeyPinned',
      'other-keyring-c KeyAdded',
      'other-keyring-c RunKeyPinned',
    ]);
  });

  test('by prefixes of the type', async () => {
    expect(await matching(eventTypeFilter({ prefixes: ['RunKey', '$meta'] }))).toEqual([
      '$$$stats-127.0.0.1 $metadata',
      'keyring-a RunKeyPinned',
      'keyring-b RunKeyPinned',
      'other-keyring-c RunKeyPinned',
      '$$keyring-a $metadata',
    ]);
  });

  test('by a pattern of the type', async () => {
    expect(await matching(eventTypeFilter({ regex: '^Key' }))).toEqual([
      'keyring-a KeyAdded',
      'keyring-b KeyAdded',
      'other-keyring-c KeyAdded',
    ]);
  });

  test('may leave out the events of the system', async () => {
    expect(await matching(excludeSystemEvents())).toHaveLength(6);
  });

  // EventFilter.cs compiles the pattern when the read begins, and nothing catches its exception.
  test('with a pattern that is none fails', async () => {
    await expect(matching(streamNameFilter({ regex: '(' }))).rejects.toThrow(
      'Exception was thrown by handler',
    );
  });
});
