import { describe, expect, test } from '@jest/globals';
import { withServer } from './testSupport/onServer';
import { event, left, right, valueOf } from './testSupport/outcomes';

describe('a deleted stream', () => {
  test(
    'that is appended to by its last revision does not read as one that began there',
    withServer(async ({ store, bare }) => {
      await right(store.append('a', 'no-stream', [event(0), event(1)]));
      await bare.deleteStream('a');
      // Its writer has not heard of it.
      await right(store.append('a', 1, [event(2), event(3)]));
      for (const options of [
        { direction: 'forwards', limit: 10 },
        { direction: 'forwards', from: 1, limit: 1 },
        { direction: 'backwards', limit: 10 },
        { direction: 'backwards', from: 2, limit: 1 },
      ] as const) {
        expect(await left(store.readStream('a', options))).toMatchObject({ code: 'stream-deleted' });
      }
      const { events } = await right(store.readStream('a', { direction: 'forwards', from: 2, limit: 10 }));
      expect(events.map(valueOf)).toEqual([2, 3]);
    }),
  );

  test(
    'is not begun anew where its writer saw it end',
    withServer(async ({ store, bare }) => {
      await right(store.append('a', 'no-stream', [event(0)]));
      await bare.deleteStream('a');
      expect(await left(store.append('a', 'no-stream', [event(1)]))).toMatchObject({
        code: 'stream-deleted',
      });
      expect(await left(store.append('a', 'stream-exists', [event(1)]))).toMatchObject({
        code: 'stream-deleted',
      });
    }),
  );

  test(
    'a stream whose first events the server was told to forget is one as well',
    withServer(async ({ store, bare }) => {
      await right(store.append('a', 'no-stream', [event(0), event(1), event(2)]));
      await bare.setStreamMetadata('a', { maxCount: 2 });
      expect(await left(store.readStream('a', { direction: 'forwards', limit: 1 }))).toMatchObject({
        code: 'stream-deleted',
      });
    }),
  );
});
