import {
  ANY,
  DeadlineExceededError,
  NO_STREAM,
  TimeoutError,
  UnavailableError,
  UnknownError,
  type AppendResult,
} from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  eventually,
  numbered,
  numbersOf,
  range,
  startConnected,
  untilGiven,
  type Connected,
} from './testSupport/connected';
import { countOf, makeFollowing } from './testSupport/following';

describe.each([
  ['BatchAppend', true],
  ['Append', false],
])('Faults of an append by %s', (_, batchAppend) => {
  let connected: Connected;
  beforeEach(async () => {
    connected = await startConnected({ features: { batchAppend } });
  });
  afterEach(() => connected.close());

  const stored = (stream: string) => numbersOf(connected.connect().readStream(stream));

  test('a connection cut before the commit leaves nothing written', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    server.faults.dropBeforeCommit();
    await expect(client.appendToStream(stream, numbered(1))).rejects.toThrow();
    await expect(stored(stream)).rejects.toThrow('not found');
  });

  test('a connection cut after the commit leaves it written, and a retry finds it', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    const events = numbered(1, 2);
    server.faults.dropAfterCommit();
    const append = (): Promise<AppendResult> =>
      client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    await expect(append()).rejects.toThrow();
    expect(await stored(stream)).toEqual([1, 2]);
    expect(await untilGiven(append)).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await stored(stream)).toEqual([1, 2]);
  });

  test('faults come after as many writes as was said, as often as was said', async () => {
    const { server } = connected;
    server.faults.dropBeforeCommit(2, 1);
    const outcomes: Array<string> = [];
    for (let index = 0; index < 4; index += 1) {
      const append = connected.connect().appendToStream(randomUUID(), numbered(1));
      outcomes.push(
        await append.then(
          () => 'written',
          () => 'cut',
        ),
      );
    }
    expect(outcomes).toEqual(['written', 'cut', 'cut', 'written']);
  });

  test('a time-out may come after the commit', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    server.faults.timeOutAfterCommit();
    const append = client.appendToStream(stream, numbered(1));
    await expect(append).rejects.toThrow(batchAppend ? DeadlineExceededError : TimeoutError);
    expect(await stored(stream)).toEqual([1]);
  });

  // RpcExceptions.ServerBusy, and Streams.BatchAppend.cs, which answers it within the call.
  test('a busy server turns an append away, and serves the next one over the same connection', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    server.faults.turnAway();
    const refused = client.appendToStream(stream, numbered(1));
    await expect(refused).rejects.toThrow(batchAppend ? 'Server Is Busy' : 'Server Is Too Busy');
    await expect(refused).rejects.toThrow(batchAppend ? UnknownError : UnavailableError);
    await expect(untilGiven(() => client.appendToStream(stream, numbered(2)))).resolves.toMatchObject({
      success: true,
    });
    expect(await stored(stream)).toEqual([2]);
  });

  // GetRequestedTimeout in Streams.BatchAppend.cs; of an Append, gRPC itself sees to it.
  test('an append whose time is up when it comes is not done', async () => {
    const { client } = connected;
    const stream = randomUUID();
    await client.appendToStream(randomUUID(), numbered(0));
    const append = client.appendToStream(stream, numbered(1), { deadline: -1_000 });
    await expect(append).rejects.toThrow(DeadlineExceededError);
    await expect(stored(stream)).rejects.toThrow('not found');
  });

  // Once the last message of an append in a batch was taken, its deadline has no effect (Streams.BatchAppend.cs).
  test('an append that waits beyond its deadline is done nevertheless', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    await client.appendToStream(randomUUID(), numbered(0)); // what a client asks first is not to be delayed
    server.faults.delay(500);
    const append = client.appendToStream(stream, numbered(1), { deadline: 100 });
    const ended = await append.then(
      ({ success }) => success,
      (error: unknown) => error instanceof DeadlineExceededError && 'late',
    );
    expect(ended).toBe(batchAppend ? true : 'late');
    server.faults.delay(0);
    const seen = await eventually(
      () => stored(stream).catch(() => []),
      (numbers) => numbers.length > 0,
    );
    expect(seen).toEqual([1]);
  });
});

describe('Faults', () => {
  let connected: Connected;
  beforeEach(async () => {
    connected = await startConnected();
  });
  afterEach(() => connected.close());

  test('a busy server turns deletions away', async () => {
    const { server, client } = connected;
    const stream = randomUUID();
    await client.appendToStream(stream, numbered(1));
    server.faults.turnAway();
    await expect(client.deleteStream(stream)).rejects.toThrow(UnavailableError);
    expect(await numbersOf(connected.connect().readStream(stream))).toEqual([1]);
  });

  test('of many appends over one connection, those before the cut are written and no later ones', async () => {
    const { client, server, connect } = connected;
    const stream = randomUUID();
    await client.appendToStream(stream, numbered(0));
    server.faults.dropAfterCommit(1, 10);
    const appends = range(1, 30).map((n) =>
      client.appendToStream(stream, numbered(n), { expectedRevision: ANY }).then(
        () => n,
        () => null,
      ),
    );
    const answered = (await Promise.all(appends)).filter((n) => n !== null);
    const written = await numbersOf(connect().readStream(stream));
    expect(written).toEqual(range(0, 11));
    expect(written).toEqual(expect.arrayContaining(answered));
  });

  test('a read is cut after as many events as was said', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    await client.appendToStream(stream, numbered(...range(1, 100)));
    server.faults.dropReadAfter(40);
    const seen: Array<unknown> = [];
    const read = async (): Promise<void> => {
      for await (const { event } of client.readStream(stream)) seen.push(event);
    };
    await expect(read()).rejects.toThrow();
    expect(seen.length).toBeLessThanOrEqual(40);
  });

  test('a server that refuses is unavailable until it accepts', async () => {
    const { server, connect } = connected;
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(1));
    server.faults.refuse();
    await expect(numbersOf(connect().readStream(stream))).rejects.toThrow(UnavailableError);
    server.faults.accept();
    expect(await untilGiven(() => numbersOf(connected.client.readStream(stream)))).toEqual([1]);
  });

  test('a restart ends subscriptions, and keeps the port and what was written', async () => {
    const { client, server } = connected;
    const stream = randomUUID();
    await client.appendToStream(stream, numbered(1));
    const following = makeFollowing();
    following.follow(client.subscribeToStream(stream));
    await following.until((said) => countOf(said, 'caught-up') === 1);
    server.restart();
    await expect(following.until(() => false)).rejects.toThrow();
    expect(await untilGiven(() => numbersOf(client.readStream(stream)))).toEqual([1]);
  });
});
