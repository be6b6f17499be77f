import {
  ANY,
  binaryEvent,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
  type AppendExpectedRevision,
} from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  eventsOf,
  numbered,
  numbersOf,
  range,
  startConnected,
  type Connected,
} from './testSupport/connected';

describe.each([
  ['BatchAppend', true],
  ['Append', false],
])('Appending by %s', (_, batchAppend) => {
  let connected: Connected;
  beforeAll(async () => {
    connected = await startConnected({ features: { batchAppend }, maxAppendBytes: 100_000 });
  });
  afterAll(() => connected.close());

  const append = (
    stream: string,
    expectedRevision: AppendExpectedRevision,
    ...numbers: ReadonlyArray<number>
  ) => connected.client.appendToStream(stream, numbered(...numbers), { expectedRevision });

  test('gives revisions from 0 on without gaps, and positions that grow', async () => {
    const stream = randomUUID();
    const first = await append(stream, NO_STREAM, 1);
    const second = await append(stream, 0n, 2, 3);
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(second).toMatchObject({ success: true, nextExpectedRevision: 2n });
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit ?? 0n);
    expect(second.position?.prepare).toBe(second.position?.commit);
    expect(await numbersOf(connected.client.readStream(stream))).toEqual([1, 2, 3]);
  });

  // IndexWriter.CheckCommit in the server's source says which expectation fails where.
  test.each<[AppendExpectedRevision, 'no_stream' | bigint]>([
    [NO_STREAM, 1n],
    [0n, 1n],
    [2n, 1n],
  ])('expecting %s of a stream with two events is refused', async (expected, actual) => {
    const stream = randomUUID();
    await append(stream, NO_STREAM, 1, 2);
    const refused = append(stream, expected, 3);
    await expect(refused).rejects.toThrow(WrongExpectedVersionError);
    await expect(refused).rejects.toMatchObject({
      streamName: stream,
      expectedVersion: expected,
      actualVersion: actual,
    });
    expect(await numbersOf(connected.client.readStream(stream))).toEqual([1, 2]);
  });

  test.each<[AppendExpectedRevision]>([[STREAM_EXISTS], [0n]])(
    'expecting %s of a stream that does not exist is refused',
    async (expected) => {
      const refused = append(randomUUID(), expected, 1);
      await expect(refused).rejects.toMatchObject({ expectedVersion: expected, actualVersion: 'no_stream' });
    },
  );

  test.each<[AppendExpectedRevision]>([[ANY], [STREAM_EXISTS], [0n]])(
    'expecting %s of a stream with one event succeeds',
    async (expected) => {
      const stream = randomUUID();
      await append(stream, NO_STREAM, 1);
      expect(await append(stream, expected, 2)).toMatchObject({ nextExpectedRevision: 1n });
    },
  );

  test.each<[AppendExpectedRevision]>([[NO_STREAM], [ANY]])(
    'the same events again, expecting %s, are answered as the first time and written once',
    async (expected) => {
      const stream = randomUUID();
      const events = numbered(1, 2);
      const once = () => connected.client.appendToStream(stream, events, { expectedRevision: expected });
      const first = await once();
      await append(stream, 1n, 3);
      expect(await once()).toEqual(first);
      expect(await numbersOf(connected.client.readStream(stream))).toEqual([1, 2, 3]);
    },
  );

  // IndexWriter.CheckCommit compares ids with the events that follow the expected revision, not with all.
  test('the same event under a new revision that is right is kept twice', async () => {
    const stream = randomUUID();
    const events = numbered(1);
    await connected.client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    await connected.client.appendToStream(stream, events, { expectedRevision: 0n });
    expect(await numbersOf(connected.client.readStream(stream))).toEqual([1, 1]);
  });

  test('an append that repeats only part of what was written is refused', async () => {
    const stream = randomUUID();
    const [first, second, third] = numbered(1, 2, 3);
    const some = [first, second].flatMap((event) => event ?? []);
    await connected.client.appendToStream(stream, some, { expectedRevision: NO_STREAM });
    const mixed = [first, third].flatMap((event) => event ?? []);
    await expect(
      connected.client.appendToStream(stream, mixed, { expectedRevision: NO_STREAM }),
    ).rejects.toThrow(WrongExpectedVersionError);
  });

  // CorruptedIdempotency in IndexWriter.CheckCommit, which StorageWriterService.cs answers as a wrong expectation.
  test('nor is one with something new in the midst of what was written, whatever it expects', async () => {
    const stream = randomUUID();
    const [first, second, third] = [numbered(1), numbered(2), numbered(3)];
    await connected.client.appendToStream(stream, [...first, ...third]);
    await expect(
      connected.client.appendToStream(stream, [...first, ...second, ...third], { expectedRevision: ANY }),
    ).rejects.toThrow(WrongExpectedVersionError);
    expect(await numbersOf(connected.client.readStream(stream))).toEqual([1, 3]);
  });

  test('bytes, metadata, type and time of an event come back as they were given', async () => {
    const stream = randomUUID();
    const before = Date.now();
    const json = jsonEvent({ type: 'M', data: { ü: '🗝' }, metadata: { $correlationId: 'c' } });
    const bytes = binaryEvent({ type: 'Bytes', data: Buffer.from([0, 255]), metadata: Buffer.from([1]) });
    await connected.client.appendToStream(stream, [json, bytes]);
    const [first, second] = await eventsOf(connected.client.readStream(stream));
    expect(first).toMatchObject({
      streamId: stream,
      id: json.id,
      type: 'M',
      isJson: true,
      revision: 0n,
      data: { ü: '🗝' },
      metadata: { $correlationId: 'c' },
    });
    expect(second).toMatchObject({ id: bytes.id, type: 'Bytes', isJson: false, revision: 1n });
    expect(second?.data).toEqual(Uint8Array.from([0, 255]));
    expect(first?.created.getTime()).toBeGreaterThanOrEqual(before);
  });

  test('is done whole or not at all when it is sent in several messages', async () => {
    const stream = randomUUID();
    const events = numbered(...range(1, 100));
    await connected.client.appendToStream(stream, events, { batchAppendSize: 1_000 });
    expect(await numbersOf(connected.client.readStream(stream))).toEqual(range(1, 100));
  });

  // The limit counts data, metadata and the type as UTF-16: Event.SizeOnDisk in the server's source.
  test('more than the maximum size is refused, with the maximum', async () => {
    const stream = randomUUID();
    const large = () => jsonEvent({ type: 'L', data: 'x'.repeat(40_000) });
    const refused = connected.client.appendToStream(stream, [large(), large(), large()]);
    await expect(refused).rejects.toThrow(MaxAppendSizeExceededError);
    await expect(refused).rejects.toMatchObject({ maxAppendSize: 100_000 });
    await expect(connected.client.appendToStream(stream, [large(), large()])).resolves.toMatchObject({
      success: true,
    });
  });

  test('the type counts with two bytes a character towards the maximum, to the byte', async () => {
    const sized = (bytes: number) => jsonEvent({ type: 'T'.repeat(100), data: 'x'.repeat(bytes - 200 - 2) });
    const over = connected.client.appendToStream(randomUUID(), sized(100_001));
    await expect(over).rejects.toThrow(MaxAppendSizeExceededError);
    await expect(connected.client.appendToStream(randomUUID(), sized(100_000))).resolves.toMatchObject({
      success: true,
    });
  });

  test('an id that is no UUID is refused, and what comes after it is served', async () => {
    const stream = randomUUID();
    const event = jsonEvent({ id: 'no-uuid', type: 'A', data: {} });
    await expect(connected.client.appendToStream(stream, event)).rejects.toThrow();
    await expect(append(stream, NO_STREAM, 1)).resolves.toMatchObject({ success: true });
  });

  test('many at once are each answered, in the order in which they were sent', async () => {
    const stream = randomUUID();
    const results = await Promise.all(range(1, 50).map((n) => append(stream, ANY, n)));
    expect(results.map(({ nextExpectedRevision }) => Number(nextExpectedRevision))).toHaveLength(50);
    expect((await numbersOf(connected.client.readStream(stream))).length).toBe(50);
  });
});
