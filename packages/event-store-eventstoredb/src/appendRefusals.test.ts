import { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { describe, expect, jest, test } from '@jest/globals';
import type { EventStore } from '@keyturn/event-store';
import { withServer } from './testSupport/onServer';
import { event, left, right, valueOf } from './testSupport/outcomes';

const wholeStream = async (store: EventStore, stream: string): Promise<ReadonlyArray<unknown>> =>
  (await right(store.readStream(stream, { direction: 'forwards', limit: 10 }))).events.map(valueOf);

describe.each([
  ['many appends over one call', true],
  ['each append as a call of its own', false],
])('with %s', (_, batchAppend) => {
  const options = { features: { batchAppend } };

  test(
    'ES-D8: an append that is repeated, and kept from readers since, says why it has no place',
    withServer(async ({ store, bare }) => {
      const events = [event(0), event(1), event(2)] as const;
      await right(store.append('cut', 'no-stream', [...events]));
      await bare.setStreamMetadata('cut', { truncateBefore: 3 });
      expect(await left(store.append('cut', 'no-stream', [...events]))).toMatchObject({ code: 'stream-cut' });
      await right(store.append('deleted', 'no-stream', [event('first')]));
      await right(store.append('deleted', 0, [...events]));
      await bare.deleteStream('deleted');
      expect(await left(store.append('deleted', 0, [...events]))).toMatchObject({ code: 'stream-deleted' });
    }, options),
  );

  test(
    'ES-K1: an append that can not be put into bytes was not sent, and is no unknown outcome',
    withServer(async ({ store }) => {
      const [message, messages] = [BatchAppendReq.ProposedMessage, AppendReq.ProposedMessage];
      const broken = [message, messages].map((type) =>
        jest.spyOn(type, 'serializeBinaryToWriter').mockImplementation(() => {
          throw new Error('writer.writeMessage is not a function');
        }),
      );
      const fault = await left(store.append('a', 'no-stream', [event(1)]));
      broken.forEach((spy) => spy.mockRestore());
      expect(fault).toMatchObject({ code: 'invalid-argument' });
      expect(fault).toHaveProperty('message', expect.stringContaining('nothing was sent'));
      expect(await wholeStream(store, 'a')).toEqual([]);
      await right(store.append('a', 'no-stream', [event(2)]));
      expect(await wholeStream(store, 'a')).toEqual([2]);
    }, options),
  );

  test.each([
    ['deleteStream', 'stream-deleted'],
    ['tombstoneStream', 'stream-tombstoned'],
  ] as const)('a stream that was deleted by %s does not begin anew', (how, code) =>
    withServer(async ({ store, bare }) => {
      await right(store.append('a', 'no-stream', [event(0)]));
      await bare[how]('a');
      expect(await left(store.append('a', 'no-stream', [event(1)]))).toMatchObject({ code });
      expect(await left(store.readStream('a', { direction: 'forwards', limit: 1 }))).toMatchObject({ code });
    }, options)(),
  );

  test(
    'ES-K3: one event that is too large for the server is too large, not invalid',
    withServer(
      async ({ store }) => {
        const large = event('x'.repeat(1_000));
        expect(await left(store.append('a', 'no-stream', [large]))).toMatchObject({ code: 'too-large' });
        await right(store.append('a', 'no-stream', [event(1)]));
      },
      { ...options, version: '24.10', maxAppendEventBytes: 1_000 },
    ),
  );
});
