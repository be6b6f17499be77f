import { ANY, START, streamNameFilter, type EventStoreDBClient, type Position } from '@eventstore/db-client';
import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedAfterEach } from './testSupport/closedAfterEach';
import { eventsOf, numbered, numbersOf, range, startConnected, untilGiven } from './testSupport/connected';
import { countOf, makeFollowing } from './testSupport/following';
import type { ServerVersion } from './version/serverVersion';

const closed = closedAfterEach();

/** `stream revision` of the events in `$all` whose streams begin so. */
const left = async (client: EventStoreDBClient, prefix: string): Promise<ReadonlyArray<string>> =>
  (await eventsOf(client.readAll()))
    .filter(({ streamId }) => streamId.startsWith(prefix) || streamId.startsWith(`$$${prefix}`))
    .map(({ streamId, revision }) => `${streamId.replace(prefix, '')} ${String(revision)}`);

describe('A scavenge', () => {
  test('takes what readers of streams are not shown, and leaves the last event of each stream', async () => {
    const { client, server } = await closed(startConnected());
    const prefix = `${randomUUID()}-`;
    await client.appendToStream(`${prefix}kept`, numbered(0, 1));
    await client.setStreamMetadata(`${prefix}counted`, { maxCount: 2 });
    await client.appendToStream(`${prefix}counted`, numbered(...range(0, 4)));
    await client.setStreamMetadata(`${prefix}cut`, { maxCount: 5 });
    await client.setStreamMetadata(`${prefix}cut`, { truncateBefore: 9 });
    await client.appendToStream(`${prefix}cut`, numbered(0, 1, 2));
    await client.appendToStream(`${prefix}deleted`, numbered(0, 1));
    await client.deleteStream(`${prefix}deleted`);
    await client.appendToStream(`${prefix}ended`, numbered(0, 1));
    await client.setStreamMetadata(`${prefix}ended`, { maxCount: 5 });
    await client.tombstoneStream(`${prefix}ended`);
    server.scavenge();
    expect(await left(client, prefix)).toEqual([
      'kept 0',
      'kept 1',
      '$$counted 0',
      'counted 3',
      'counted 4',
      '$$cut 1',
      'cut 2',
      'deleted 1',
      '$$deleted 0',
      'ended 9223372036854775807',
    ]);
  });

  test('leaves streams and expectations as they were, and no place is given again', async () => {
    const { client, server } = await closed(startConnected());
    const stream = randomUUID();
    await client.setStreamMetadata(stream, { maxCount: 1 });
    const { position } = await client.appendToStream(stream, numbered(0, 1, 2));
    server.scavenge();
    expect(await numbersOf(client.readStream(stream))).toEqual([2]);
    const after = await client.appendToStream(stream, numbered(3), { expectedRevision: 2n });
    expect(after.position?.commit).toBeGreaterThan(position?.commit ?? 0n);
    await client.setStreamMetadata(stream, {});
    expect(await numbersOf(client.readStream(stream))).toEqual([2, 3]);
    expect(
      await numbersOf(client.readStream(stream, { direction: 'backwards', fromRevision: 'end' })),
    ).toEqual([3, 2]);
  });

  test('is kept where the log is', async () => {
    const data = mkdtempSync(join(tmpdir(), 'esdb-'));
    try {
      const { client, server, connect } = await closed(startConnected({ data }));
      const stream = randomUUID();
      await client.setStreamMetadata(stream, { maxCount: 1 });
      await client.appendToStream(stream, numbered(0, 1));
      server.scavenge();
      await client.appendToStream(stream, numbered(2));
      server.restart();
      expect(await untilGiven(() => left(connect(), stream))).toEqual(['$$ 0', ' 1', ' 2']);
    } finally {
      rmSync(data, { recursive: true });
    }
  });
});

// A position whose event is gone: AllReader.cs takes the closest record behind it.
describe.each<[ServerVersion, ReadonlyArray<number>]>([
  // ES-R1: takes the first event that it finds for that of the position (Enumerators.AllSubscriptionFiltered.cs)
  ['23.10', [3]],
  ['24.6', [2, 3]],
  ['24.10', [2, 3]],
])('After a scavenge, a subscription of %s', (version, expected) => {
  test('goes on from a place that vanished', async () => {
    const { client, server } = await closed(startConnected({ version }));
    const prefix = `${randomUUID()}-`;
    const clock = `${prefix}clock`;
    await client.setStreamMetadata(clock, { maxCount: 1 });
    const tick = async (n: number): Promise<Position | typeof START> =>
      (await client.appendToStream(clock, numbered(n), { expectedRevision: ANY })).position ?? START;
    const fromPosition = await tick(1);
    await client.appendToStream(`${prefix}keys`, numbered(2));
    await tick(3);
    server.scavenge();
    const following = makeFollowing();
    const filter = streamNameFilter({ prefixes: [prefix] });
    following.follow(client.subscribeToAll({ fromPosition, filter }));
    await following.until((said) => countOf(said, 'caught-up') === 1);
    const commits = (await eventsOf(client.readAll())).flatMap(({ streamId, data, position }) =>
      streamId.startsWith(prefix) ? [{ data, commit: position?.commit }] : [],
    );
    const seen = following.said.flatMap((one) =>
      one.kind === 'event' ? [commits.find(({ commit }) => commit === one.commit)?.data] : [],
    );
    expect(seen).toEqual(expected.map((n) => ({ n })));
  });
});
