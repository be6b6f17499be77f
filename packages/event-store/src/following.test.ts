import { describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import type { AllPage, ReadAllOptions, RecordedEvent, SubscriptionMessage } from './eventStore';
import { StoreFault } from './faults';
import { followByReading } from './following';
import { makeSignalling } from './signalling';

const at = (position: bigint): RecordedEvent => ({
  id: '00000000-0000-4000-8000-000000000000',
  type: 'SomethingHappened',
  data: '{}',
  metadata: '{}',
  stream: 'a',
  revision: 0,
  position,
  recordedAt: 0,
});
const page = (readTo: bigint | null, end: boolean, ...positions: ReadonlyArray<bigint>): AllPage => ({
  events: positions.map(at),
  readTo,
  end,
});

/** Follows reads that give these pages, one after the other, and stops after so many messages. */
const following = async (pages: ReadonlyArray<AllPage>, messages: number) => {
  const asked: ReadAllOptions[] = [];
  const changes = makeSignalling();
  const controller = new AbortController();
  const readAll = (options: ReadAllOptions): TE.TaskEither<StoreFault, AllPage> => {
    asked.push(options);
    const next = pages[asked.length - 1];
    // Each page is news: the reader that waits reads on.
    setImmediate(changes.announce);
    return next === undefined ? TE.left(new StoreFault('unavailable', 'no more pages')) : TE.right(next);
  };
  const received: SubscriptionMessage[] = [];
  const options = { batchSize: 10, signal: controller.signal };
  for await (const message of followByReading(readAll, changes, options)) {
    received.push(message);
    if (received.length === messages) controller.abort();
  }
  return {
    kinds: received.map(({ kind }) => kind),
    checkpoints: received.flatMap((message) => (message.kind === 'checkpoint' ? [message.position] : [])),
    after: asked.map(({ after }) => after),
  };
};

describe('following by reading', () => {
  test('reads on after what was read, whether it matched or not', async () => {
    const { kinds, after } = await following(
      [page(3n, false, 2n, 3n), page(8n, false), page(9n, true, 9n)],
      4,
    );
    expect(kinds).toEqual(['events', 'checkpoint', 'events', 'caught-up']);
    expect(after).toEqual([undefined, 3n, 8n]);
  });

  test('says how far it looked behind the last event that matched', async () => {
    const { kinds, checkpoints } = await following([page(7n, true, 2n)], 3);
    expect(kinds).toEqual(['events', 'checkpoint', 'caught-up']);
    expect(checkpoints).toEqual([7n]);
  });

  test('says once that it has caught up, and again after it was behind', async () => {
    const { kinds } = await following(
      [page(null, true), page(null, true), page(1n, true, 1n), page(1n, true), page(2n, true)],
      5,
    );
    expect(kinds).toEqual(['caught-up', 'events', 'caught-up', 'checkpoint', 'caught-up']);
  });

  test('does not say where it stands twice', async () => {
    const { checkpoints } = await following([page(5n, true), page(5n, true), page(6n, true)], 4);
    expect(checkpoints).toEqual([5n, 6n]);
  });

  test('an abort between two messages of a page ends it there', async () => {
    expect((await following([page(7n, true, 2n)], 1)).kinds).toEqual(['events']);
    expect((await following([page(7n, true, 2n)], 2)).kinds).toEqual(['events', 'checkpoint']);
  });

  test('throws the fault of a read', async () => {
    await expect(following([page(1n, false, 1n)], 3)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
