import { binaryEvent } from '@eventstore/db-client';
import { describe, expect, test } from '@jest/globals';
import type { StoredSnapshot } from '@keyturn/event-store';
import { right } from './testSupport/outcomes';
import { withServer } from './testSupport/onServer';

const snapshot = (revision: number): StoredSnapshot => ({
  revision,
  schemaVersion: 1,
  data: `{"of":${revision}}`,
});

const typesIn = async (read: AsyncIterable<{ readonly event?: { readonly type: string } | undefined }>) => {
  const types: string[] = [];
  for await (const { event } of read) if (event !== undefined) types.push(event.type);
  return types;
};

describe('a snapshot', () => {
  test(
    'lies alone in a stream of its own, outside of the keyrings',
    withServer(async ({ store, bare }) => {
      for (const revision of [1, 5, 9]) await right(store.saveSnapshot('keyring-a', snapshot(revision)));
      expect(await typesIn(bare.readStream('snapshot-keyring-a'))).toEqual(['Snapshot']);
      expect((await bare.getStreamMetadata('snapshot-keyring-a')).metadata).toMatchObject({ maxCount: 1 });
    }),
  );

  test(
    'saved by many at once is in the end the newest',
    withServer(async ({ store, another }) => {
      const handles = [store, await another(), await another()];
      const saves = Array.from({ length: 12 }, (_, revision) =>
        (handles[revision % 3] ?? store).saveSnapshot('keyring-a', snapshot(revision))(),
      );
      // One that others overtake again and again may say so; what is stored never goes back.
      await Promise.all(saves);
      await right(store.saveSnapshot('keyring-a', snapshot(11)));
      await right(store.saveSnapshot('keyring-a', snapshot(3)));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(snapshot(11));
    }),
  );

  test(
    'keeps what an operator set for its stream',
    withServer(async ({ store, bare }) => {
      await bare.setStreamMetadata('snapshot-keyring-a', { maxCount: 3 });
      for (const revision of [1, 2, 3, 4]) await right(store.saveSnapshot('keyring-a', snapshot(revision)));
      expect(await typesIn(bare.readStream('snapshot-keyring-a'))).toHaveLength(3);
    }),
  );

  test(
    'that was deleted is as good as none, and can be saved anew',
    withServer(async ({ store, bare }) => {
      await right(store.saveSnapshot('keyring-a', snapshot(1)));
      await bare.deleteStream('snapshot-keyring-a');
      expect(await right(store.loadSnapshot('keyring-a'))).toBeNull();
      await right(store.saveSnapshot('keyring-a', snapshot(2)));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(snapshot(2));
    }),
  );

  test.each([
    ['no JSON', '{"revision":'],
    ['no snapshot', '[]'],
  ])('that is %s is as good as none, and is replaced', (_, text) =>
    withServer(async ({ store, bare }) => {
      const foreign = { type: 'Snapshot', data: Buffer.from(text), metadata: Buffer.from('{}') };
      await bare.appendToStream('snapshot-keyring-a', binaryEvent(foreign));
      expect(await right(store.loadSnapshot('keyring-a'))).toBeNull();
      await right(store.saveSnapshot('keyring-a', snapshot(2)));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(snapshot(2));
    })(),
  );
});
