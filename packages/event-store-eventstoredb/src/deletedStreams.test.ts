import { describe, expect, test } from '@jest/globals';
import type { Position } from '@keyturn/event-store';
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
        expect(await left(store.readStream('a', options))).toMatchObject({ code: 'stream-cut' });
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
        code: 'stream-cut',
      });
    }),
  );

  test(
    'I-10: nor does one read as empty whose every event is kept back',
    withServer(async ({ store, bare }) => {
      await right(store.append('a', 'no-stream', [event(0), event(1), event(2)]));
      await bare.setStreamMetadata('a', { truncateBefore: 3 });
      for (const options of [
        { direction: 'forwards', limit: 10 },
        { direction: 'forwards', from: 0, limit: 10 },
        { direction: 'forwards', from: 2, limit: 10 },
        { direction: 'forwards', from: 3, limit: 10 },
        { direction: 'backwards', limit: 10 },
        { direction: 'backwards', from: 1, limit: 10 },
      ] as const) {
        const fault = await left(store.readStream('a', options));
        expect(fault).toMatchObject({ code: 'stream-cut' });
        expect(fault.message).toContain('stream metadata');
      }
      await bare.setStreamMetadata('a', {});
      const { events } = await right(store.readStream('a', { direction: 'forwards', limit: 10 }));
      expect(events.map(valueOf)).toEqual([0, 1, 2]);
    }),
  );

  test(
    'who reads on behind its end finds nothing, as before',
    withServer(async ({ store }) => {
      await right(store.append('a', 'no-stream', [event(0)]));
      const behind = await right(store.readStream('a', { direction: 'forwards', from: 1, limit: 10 }));
      expect(behind).toEqual({ events: [], end: true });
    }),
  );
});

describe('I-9: a tombstone', () => {
  test(
    'is never an event: all are read past it, and so is the checkpoint',
    withServer(async ({ store, bare }) => {
      await right(store.append('keyring-a', 'no-stream', [event(0)]));
      await right(store.append('keyring-b', 'no-stream', [event(1)]));
      await bare.tombstoneStream('keyring-a');
      const end = await right(store.head);
      const options = { streamPrefix: 'keyring-' };
      const page = await right(store.readAll({ ...options, limit: 10 }));
      expect(page).toMatchObject({ end: true, readTo: end });
      expect(page.events.map(valueOf)).toEqual([0, 1]);
      expect((await right(store.readAll({ limit: 10 }))).events.map(valueOf)).toEqual([0, 1]);
      const seen: unknown[] = [];
      let upTo: Position | null = null;
      for await (const message of store.subscribe({ ...options, signal: new AbortController().signal })) {
        if (message.kind === 'caught-up') break;
        if (message.kind === 'checkpoint') upTo = message.position;
        else seen.push(...message.events.map(valueOf));
      }
      expect(seen).toEqual([0, 1]);
      expect(upTo).toBe(end);
    }),
  );

  test(
    'of a snapshot’s stream is as good as no snapshot',
    withServer(async ({ store, bare }) => {
      await right(
        store.saveSnapshot('keyring-a', { revision: 0, schemaVersion: 1, data: '1', parts: new Map() }),
      );
      await bare.tombstoneStream('snapshot-keyring-a');
      expect(await right(store.loadSnapshot('keyring-a'))).toBeNull();
    }),
  );
});
