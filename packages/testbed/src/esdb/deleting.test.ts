import {
  ANY,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventsOf, numbered, numbersOf, startConnected, type Connected } from './testSupport/connected';

let connected: Connected;
beforeAll(async () => {
  connected = await startConnected();
});
afterAll(() => connected.close());

const written = async (): Promise<string> => {
  const stream = randomUUID();
  await connected.client.appendToStream(stream, numbered(0, 1, 2));
  return stream;
};
const read = (stream: string) => numbersOf(connected.client.readStream(stream));
const append = (stream: string, n: number, expectedRevision: bigint | typeof ANY | typeof NO_STREAM = ANY) =>
  connected.client.appendToStream(stream, numbered(n), { expectedRevision });

describe('A deleted stream', () => {
  test('is not found', async () => {
    const stream = await written();
    const { position } = await connected.client.deleteStream(stream, { expectedRevision: 2n });
    expect(position?.commit).toBeGreaterThan(0n);
    await expect(read(stream)).rejects.toThrow(StreamNotFoundError);
  });

  // StorageWriterService.SoftUndeleteStream in the server's source.
  test.each<[typeof ANY | typeof NO_STREAM | bigint]>([[ANY], [NO_STREAM], [2n]])(
    'comes back with its next revision, expecting %s',
    async (expected) => {
      const stream = await written();
      await connected.client.deleteStream(stream);
      expect(await append(stream, 3, expected)).toMatchObject({ nextExpectedRevision: 3n });
      expect(await append(stream, 4, 3n)).toMatchObject({ nextExpectedRevision: 4n });
      expect(await read(stream)).toEqual([3, 4]);
    },
  );

  test('comes back empty when its metadata is written', async () => {
    const stream = await written();
    await connected.client.deleteStream(stream);
    await connected.client.setStreamMetadata(stream, { maxCount: 5 });
    expect(await read(stream)).toEqual([]);
    expect((await connected.client.getStreamMetadata(stream)).metadata).toMatchObject({
      maxCount: 5,
      truncateBefore: 3,
    });
  });

  // IndexWriter.CheckCommit: StreamExists of a deleted stream is answered as of one with a tombstone.
  test('does not exist for who expects that it does', async () => {
    const stream = await written();
    await connected.client.deleteStream(stream);
    const refused = connected.client.appendToStream(stream, numbered(1), { expectedRevision: STREAM_EXISTS });
    await expect(refused).rejects.toThrow(StreamDeletedError);
  });

  test('leaves its events and its deletion in $all', async () => {
    const stream = await written();
    await connected.client.deleteStream(stream);
    const all = await eventsOf(connected.client.readAll());
    const types = all.filter(({ streamId }) => streamId.endsWith(stream)).map(({ type }) => type);
    expect(types).toEqual(['Numbered', 'Numbered', 'Numbered', '$metadata']);
  });

  // StorageWriterService.cs (WriteDelete): a deletion goes by the rules of an append, and a stream that has nothing
  // can't be deleted.
  test('is deleted only at the revision that was expected, and only if it exists', async () => {
    const stream = await written();
    const refused = connected.client.deleteStream(stream, { expectedRevision: 1n });
    await expect(refused).rejects.toThrow(WrongExpectedVersionError);
    await expect(refused).rejects.toMatchObject({ expectedVersion: 1n, actualVersion: 2n });
    await expect(connected.client.deleteStream(randomUUID())).rejects.toThrow(WrongExpectedVersionError);
  });
});

describe('A stream with a tombstone', () => {
  test('can be neither read, nor written, nor deleted again', async () => {
    const stream = await written();
    await connected.client.tombstoneStream(stream, { expectedRevision: 2n });
    await expect(read(stream)).rejects.toThrow(StreamDeletedError);
    await expect(append(stream, 3)).rejects.toThrow(StreamDeletedError);
    await expect(append(stream, 3, NO_STREAM)).rejects.toMatchObject({ streamName: stream });
    await expect(connected.client.deleteStream(stream)).rejects.toThrow(StreamDeletedError);
    await expect(connected.client.tombstoneStream(stream)).rejects.toThrow(StreamDeletedError);
  });

  // EventNumber.DeletedStream, the largest revision, is what StorageWriterService.cs writes a tombstone with.
  test('has the tombstone in $all, with the last revision there is', async () => {
    const stream = await written();
    await connected.client.tombstoneStream(stream);
    const all = await eventsOf(connected.client.readAll());
    expect(all.filter(({ streamId }) => streamId === stream).at(-1)).toMatchObject({
      type: '$streamDeleted',
      revision: 2n ** 63n - 1n,
    });
  });

  test('may never have existed', async () => {
    const stream = randomUUID();
    await connected.client.tombstoneStream(stream, { expectedRevision: NO_STREAM });
    await expect(append(stream, 1)).rejects.toThrow(StreamDeletedError);
  });
});
