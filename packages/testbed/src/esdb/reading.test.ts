import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  UnknownError,
  type ReadStreamOptions,
  type RecordedEvent,
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

let connected: Connected;
beforeAll(async () => {
  connected = await startConnected();
});
afterAll(() => connected.close());

describe('Reading a stream', () => {
  const ten = async (): Promise<string> => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(...range(0, 9)));
    return stream;
  };

  test.each<[ReadStreamOptions, ReadonlyArray<number>]>([
    [{ direction: FORWARDS, fromRevision: START }, range(0, 9)],
    [{ direction: FORWARDS, fromRevision: 7n }, [7, 8, 9]],
    [{ direction: FORWARDS, fromRevision: 2n, maxCount: 3 }, [2, 3, 4]],
    [{ direction: FORWARDS, fromRevision: 10n }, []],
    [{ direction: BACKWARDS, fromRevision: END }, [...range(0, 9)].reverse()],
    [{ direction: BACKWARDS, fromRevision: 2n }, [2, 1, 0]],
    [{ direction: BACKWARDS, fromRevision: END, maxCount: 2 }, [9, 8]],
    [{ direction: BACKWARDS, fromRevision: START }, [0]],
    [{ direction: BACKWARDS, fromRevision: 100n, maxCount: 1 }, [9]],
  ])('%p', async (options, expected) => {
    expect(await numbersOf(connected.client.readStream(await ten(), options))).toEqual(expected);
  });

  test('forwards from the end is an error', async () => {
    const read = numbersOf(
      connected.client.readStream(await ten(), { direction: FORWARDS, fromRevision: END }),
    );
    await expect(read).rejects.toThrow('Unexpected ReadStreamResult: Error');
  });

  // ReadStreamResult.NoStream in Enumerator.ReadStreamForwards.cs is a message, not an error; the client makes it one.
  test('that does not exist fails', async () => {
    const stream = randomUUID();
    const read = numbersOf(connected.client.readStream(stream));
    await expect(read).rejects.toThrow(StreamNotFoundError);
    await expect(read).rejects.toMatchObject({ streamName: stream });
  });

  test('gives every event once, also when there are thousands', async () => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(...range(1, 5_000)));
    expect(await numbersOf(connected.client.readStream(stream))).toEqual(range(1, 5_000));
  });

  // Enumerator.ReadStreamForwards.cs asks for page after page, each as the stream is then.
  test('goes on with what is appended while it is read', async () => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(...range(1, 5_000)));
    const iterator = connected.client.readStream(stream)[Symbol.asyncIterator]();
    await iterator.next();
    await connected.client.appendToStream(stream, numbered(5_001));
    let seen = 1;
    while ((await iterator.next()).done !== true) seen += 1;
    expect(seen).toBe(5_001);
  });

  test('waits for a reader who stops taking events', async () => {
    const stream = randomUUID();
    await connected.client.appendToStream(stream, numbered(...range(1, 5_000)));
    const read = connected.client.readStream(stream);
    const iterator = read[Symbol.asyncIterator]();
    await iterator.next();
    await connected.client.appendToStream(randomUUID(), numbered(1));
    let seen = 1;
    while ((await iterator.next()).done !== true) seen += 1;
    expect(seen).toBe(5_000);
  });
});

describe('Reading $all', () => {
  /** To a server of its own: the other has thousands of events, which say nothing more here. */
  let toFew: Connected;
  beforeAll(async () => {
    toFew = await startConnected();
  });
  afterAll(() => toFew.close());

  const written = async (): Promise<{
    readonly mine: ReadonlyArray<RecordedEvent>;
    readonly stream: string;
  }> => {
    const stream = randomUUID();
    await toFew.client.appendToStream(stream, numbered(1, 2, 3));
    await toFew.client.appendToStream(randomUUID(), numbered(4));
    return { stream, mine: await eventsOf(toFew.client.readStream(stream)) };
  };
  const positionOf = (events: ReadonlyArray<RecordedEvent>, index: number) => {
    const position = events[index]?.position;
    if (position === undefined) throw new Error('an event of a read has its position');
    return position;
  };
  const all = (options: Parameters<Connected['client']['readAll']>[0]) =>
    eventsOf(toFew.client.readAll(options));

  test('forwards gives all streams in the order of their positions, the server’s own among them', async () => {
    await written();
    const events = await all({ fromPosition: START });
    const commits = events.map(({ position }) => position?.commit ?? -1n);
    expect(commits).toEqual([...commits].sort((a, b) => (a < b ? -1 : 1)));
    expect(events[0]).toMatchObject({ type: '$metadata' });
  });

  test('backwards gives the same in reverse', async () => {
    await written();
    const forwards = await all({ direction: FORWARDS, fromPosition: START });
    const backwards = await all({ direction: BACKWARDS, fromPosition: END });
    expect(backwards.map(({ id }) => id)).toEqual(forwards.map(({ id }) => id).reverse());
  });

  // AllReader.cs in the server's source: forwards a position is where an event begins, backwards where it ends.
  test('from a position forwards begins with the event there, backwards with the one before', async () => {
    const { mine } = await written();
    const fromPosition = positionOf(mine, 1);
    const forwards = await all({ fromPosition, direction: FORWARDS, maxCount: 2 });
    const backwards = await all({ fromPosition, direction: BACKWARDS, maxCount: 1 });
    expect(forwards.map(({ id }) => id)).toEqual([mine[1]?.id, mine[2]?.id]);
    expect(backwards.map(({ id }) => id)).toEqual([mine[0]?.id]);
  });

  // Enumerator.ReadAllForwards.cs has no error of its own for it, other than the subscription's.
  test('from a position at which nothing begins fails', async () => {
    const { mine } = await written();
    const { commit } = positionOf(mine, 1);
    const inside = { commit: commit + 1n, prepare: commit + 1n };
    const read = all({ fromPosition: inside });
    await expect(read).rejects.toThrow(UnknownError);
    await expect(read).rejects.toThrow('Unexpected ReadAllResult: InvalidPosition');
  });

  test('from beyond the end is empty', async () => {
    const beyond = { commit: 2n ** 60n, prepare: 2n ** 60n };
    expect(await all({ fromPosition: beyond })).toEqual([]);
  });
});
