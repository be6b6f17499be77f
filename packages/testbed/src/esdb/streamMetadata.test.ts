import { NO_STREAM, WrongExpectedVersionError, type StreamMetadata } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  eventsOf,
  eventually,
  numbered,
  numbersOf,
  range,
  startConnected,
  type Connected,
} from './testSupport/connected';

// What a reader is shown: ReadStreamEventsForwardInternal and GetStreamMetadata in IndexReader.cs.
describe('Stream metadata', () => {
  let connected: Connected;
  beforeAll(async () => {
    connected = await startConnected();
  });
  afterAll(() => connected.close());

  const ten = async (): Promise<string> => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(...range(0, 9)));
    return stream;
  };
  const read = (stream: string) => numbersOf(connected.client.readStream(stream));

  test('maxCount shows the newest events, also those that come later', async () => {
    const stream = await ten();
    await connected.client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await read(stream)).toEqual([8, 9]);
    await connected.client.appendToStream(stream, numbered(10), { expectedRevision: 9n });
    expect(await read(stream)).toEqual([9, 10]);
    expect(
      await numbersOf(connected.client.readStream(stream, { direction: 'backwards', fromRevision: 'end' })),
    ).toEqual([10, 9]);
  });

  test('maxCount may be set before the stream exists', async () => {
    const stream = randomUUID();
    await connected.client.setStreamMetadata(stream, { maxCount: 1 });
    await connected.client.appendToStream(stream, numbered(1), { expectedRevision: NO_STREAM });
    await connected.client.appendToStream(stream, numbered(2));
    expect(await read(stream)).toEqual([2]);
  });

  test('truncateBefore hides what is before it', async () => {
    const stream = await ten();
    await connected.client.setStreamMetadata(stream, { truncateBefore: 7 });
    expect(await read(stream)).toEqual([7, 8, 9]);
    await connected.client.setStreamMetadata(stream, { truncateBefore: 10 });
    expect(await read(stream)).toEqual([]);
  });

  test('maxAge hides what has become too old', async () => {
    const stream = await ten();
    await connected.client.setStreamMetadata(stream, { maxAge: 1 });
    expect(
      await eventually(
        () => read(stream),
        (seen) => seen.length === 0,
      ),
    ).toEqual([]);
  });

  test('is one event of a stream of its own, in $all as well', async () => {
    const stream = await ten();
    await connected.client.setStreamMetadata(stream, { maxCount: 3 });
    await connected.client.setStreamMetadata(stream, { maxCount: 2 }, { expectedRevision: 0n });
    const kept = await eventsOf(connected.client.readStream(`$$${stream}`));
    expect(kept).toMatchObject([{ type: '$metadata', revision: 1n, data: { $maxCount: 2 } }]);
    const all = await eventsOf(connected.client.readAll());
    expect(all.filter(({ streamId }) => streamId === `$$${stream}`)).toHaveLength(2);
  });

  test('is guarded by its own revision', async () => {
    const stream = await ten();
    await connected.client.setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: NO_STREAM });
    await expect(
      connected.client.setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: NO_STREAM }),
    ).rejects.toThrow(WrongExpectedVersionError);
  });

  test('is given back as it was set, with fields of one’s own and the ACL', async () => {
    const stream = await ten();
    const metadata: StreamMetadata = {
      maxCount: 3,
      acl: { readRoles: ['$all'], writeRoles: ['auditor'] },
      ours: { a: 1 },
    };
    await connected.client.setStreamMetadata(stream, metadata);
    expect((await connected.client.getStreamMetadata(stream)).metadata).toEqual(metadata);
    expect((await connected.client.getStreamMetadata(randomUUID())).metadata).toBeUndefined();
  });
});
