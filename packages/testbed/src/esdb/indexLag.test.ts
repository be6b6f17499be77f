import {
  ANY,
  DeadlineExceededError,
  NO_STREAM,
  TimeoutError,
  WrongExpectedVersionError,
  type AppendResult,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closedAfterEach } from './testSupport/closedAfterEach';
import { eventually, numbered, numbersOf, startConnected, type Connected } from './testSupport/connected';

const closed = closedAfterEach();

/** The numbers in a stream; none where it is not there. */
const stored = (client: EventStoreDBClient, stream: string): Promise<ReadonlyArray<number>> =>
  numbersOf(client.readStream(stream)).catch(() => []);

/** Where a stream ends that an append was refused for. */
const endToldBy = (append: Promise<AppendResult>): Promise<unknown> =>
  append.then(
    () => 'written',
    (error: unknown) => {
      if (error instanceof WrongExpectedVersionError) return error.actualVersion;
      throw error;
    },
  );

describe.each([
  ['BatchAppend', true],
  ['Append', false],
])('What is written and not indexed yet, by %s', (_, batchAppend) => {
  let connected: Connected;
  beforeEach(async () => {
    connected = await closed(startConnected({ features: { batchAppend } }));
    await connected.client.appendToStream(randomUUID(), numbered(0)); // connects
    connected.server.setIndexLag(Infinity);
  });

  /** An append that has reached the log, and is not answered: an append that expects nothing there is refused. */
  const begin = async (
    stream: string,
    events = numbered(1),
  ): Promise<{ readonly acknowledged: Promise<AppendResult> }> => {
    const { client } = connected;
    const acknowledged = client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    acknowledged.catch(() => undefined);
    const refused = () => client.appendToStream(stream, numbered(9), { expectedRevision: 7n });
    await eventually(
      () => endToldBy(refused()),
      (end) => end === 0n,
    );
    return { acknowledged };
  };

  // ES-R2: IndexWriter.cs judges by what was written, and readers see what is indexed.
  test('makes others conflict at once, and is read later', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    const { acknowledged } = await begin(stream);
    const refused = client.appendToStream(stream, numbered(2), { expectedRevision: NO_STREAM });
    expect(await endToldBy(refused)).toBe(0n);
    expect(await stored(client, stream)).toEqual([]);
    server.setIndexLag(0);
    expect(await acknowledged).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await stored(client, stream)).toEqual([1]);
  });

  // ES-R3, ES-D1: CommitDecision.IdempotentNotReady is dropped by StorageWriterService.cs.
  test('is repeated without an answer until the time is up', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    const events = numbered(1);
    const { acknowledged } = await begin(stream, events);
    const repetition = client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    const ended = repetition.then(
      () => 'answered',
      (error: unknown) => error,
    );
    const behind = client.appendToStream(stream, numbered(9), { expectedRevision: 7n });
    expect(await endToldBy(behind)).toBe(0n); // so the repetition was taken, too
    server.setIndexLag(0);
    expect(await acknowledged).toMatchObject({ success: true });
    expect(await ended).toBeInstanceOf(batchAppend ? DeadlineExceededError : TimeoutError);
    const later = await client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    expect(later).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await stored(client, stream)).toEqual([1]);
  });

  test('is not acknowledged until the time is up, and stands nevertheless', async () => {
    const { client, server } = await closed(
      startConnected({ features: { batchAppend }, indexLag: Infinity, writeTimeoutMs: 100 }),
    );
    const stream = randomUUID();
    await expect(client.appendToStream(stream, numbered(1), { expectedRevision: ANY })).rejects.toThrow(
      batchAppend ? DeadlineExceededError : TimeoutError,
    );
    server.setIndexLag(0);
    expect(await stored(client, stream)).toEqual([1]);
  });
});

test('A lag from the start holds every append until it can be read', async () => {
  const { client } = await closed(startConnected({ indexLag: 1 }));
  const stream = randomUUID();
  for (const n of [0, 1, 2]) {
    await client.appendToStream(stream, numbered(n));
    expect(await stored(client, stream)).toHaveLength(n + 1);
  }
});
