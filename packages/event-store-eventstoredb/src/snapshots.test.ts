import { binaryEvent } from '@eventstore/db-client';
import { describe, expect, test } from '@jest/globals';
import type { StoredSnapshot } from '@keyturn/event-store';
import { right } from './testSupport/outcomes';
import { withServer } from './testSupport/onServer';

const snapshot = (revision: number): StoredSnapshot => ({
  revision,
  schemaVersion: 1,
  data: `{"of":${revision}}`,
  parts: new Map(),
});

const typesIn = async (read: AsyncIterable<{ readonly event?: { readonly type: string } | undefined }>) => {
  const types: string[] = [];
  for await (const { event } of read) if (event !== undefined) types.push(event.type);
  return types;
};

describe('a snapshot', () => {
  test(
    'lies in a stream of its own, outside of the keyrings, of which the server cuts off what is of no use',
    withServer(async ({ store, bare }) => {
      for (const revision of [1, 5, 9]) await right(store.saveSnapshot('keyring-a', snapshot(revision)));
      expect(await typesIn(bare.readStream('snapshot-keyring-a'))).toEqual(['Snapshot', 'Snapshot']);
      expect((await bare.getStreamMetadata('snapshot-keyring-a')).metadata).toEqual({ truncateBefore: 1 });
    }),
  );

  test(
    'of many that were saved leaves no more than as much again, and what never changes is still there',
    withServer(async ({ server, store, bare }) => {
      const asked: string[] = [];
      for (let revision = 0; revision < 80; revision += 1) {
        const names = ['old-1', 'old-2', 'old-3', `new-${revision}`];
        const parts = new Map(names.map((name) => [name, () => (asked.push(name), `"${name}"`)]));
        await right(store.saveSnapshot('keyring-a', { ...snapshot(revision), parts }));
      }
      server.scavenge();
      const left = await typesIn(bare.readStream('snapshot-keyring-a'));
      expect(left.length).toBeLessThan(80);
      const { parts, ...rest } = (await right(store.loadSnapshot('keyring-a'))) ?? snapshot(-1);
      expect({ ...rest, parts: new Map() }).toEqual(snapshot(79));
      expect([...parts.values()]).toEqual(['"old-1"', '"old-2"', '"old-3"', '"new-79"']);
      // Once at first, and each time that the stream had grown past them.
      expect(asked.filter((name) => name === 'old-2').length).toBeLessThan(5);
      expect(asked.filter((name) => name.startsWith('new'))).toHaveLength(80);
    }),
  );

  test(
    'of hundreds of parts is saved in appends that a server takes, and read again',
    withServer(async ({ store }) => {
      const large = Array.from(
        { length: 450 },
        (_, n) => [`p${n}`, JSON.stringify('x'.repeat(20_000) + n)] as const,
      );
      const whole = { ...snapshot(1), data: JSON.stringify('d'.repeat(30_000)), parts: new Map(large) };
      await right(store.saveSnapshot('keyring-a', whole));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(whole);
      const next = { ...whole, revision: 2, parts: new Map([...large.slice(1), ['q', '"q"']]) };
      await right(store.saveSnapshot('keyring-a', next));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(next);
    }),
  );

  test(
    'whose saving was cut off behind its parts leaves the one before in force',
    withServer(async ({ store, bare }) => {
      const parts = new Map([['a', '"a"']]);
      await right(store.saveSnapshot('keyring-a', { ...snapshot(1), parts }));
      const cutOff = Array.from({ length: 40 }, () =>
        binaryEvent({ type: 'SnapshotPart', data: Buffer.from('"b"'), metadata: Buffer.from('{}') }),
      );
      await bare.appendToStream('snapshot-keyring-a', cutOff);
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual({ ...snapshot(1), parts });
      const next = { ...snapshot(2), parts: new Map([...parts, ['b', '"b"']]) };
      await right(store.saveSnapshot('keyring-a', next));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(next);
    }),
  );

  test(
    'that was never whole is none, however much was begun, and what was begun is cut off',
    withServer(async ({ store, bare }) => {
      const begun = Array.from({ length: 100 }, () =>
        binaryEvent({ type: 'SnapshotPart', data: Buffer.from('"b"'), metadata: Buffer.from('{}') }),
      );
      await bare.appendToStream('snapshot-keyring-a', begun);
      expect(await right(store.loadSnapshot('keyring-a'))).toBeNull();
      await right(store.saveSnapshot('keyring-a', snapshot(1)));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(snapshot(1));
      expect((await typesIn(bare.readStream('snapshot-keyring-a'))).length).toBeLessThan(70);
    }),
  );

  test(
    'of which a part was taken away lacks it, and has it again from the next one on',
    withServer(async ({ store, bare }) => {
      const parts = new Map([
        ['a', '"a"'],
        ['b', '"b"'],
      ]);
      await right(store.saveSnapshot('keyring-a', { ...snapshot(1), parts }));
      await bare.setStreamMetadata('snapshot-keyring-a', { truncateBefore: 1 });
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual({
        ...snapshot(1),
        parts: new Map([['b', '"b"']]),
      });
      await right(store.saveSnapshot('keyring-a', { ...snapshot(2), parts, anew: true }));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual({ ...snapshot(2), parts });
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
      await bare.setStreamMetadata('snapshot-keyring-a', { team: 'keys', cacheControl: 7 });
      for (const revision of [1, 2, 3, 4]) await right(store.saveSnapshot('keyring-a', snapshot(revision)));
      expect((await bare.getStreamMetadata('snapshot-keyring-a')).metadata).toEqual({
        team: 'keys',
        cacheControl: 7,
        truncateBefore: 2,
      });
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

  const whole = { revision: 5, schemaVersion: 1, parts: [['p', 0]] };
  const numbers = [-1, 0.5, -1e300, 1e300];
  test.each(
    numbers.flatMap((number): ReadonlyArray<readonly [string, number, object]> => [
      ['a place', number, { ...whole, parts: [['p', number]] }],
      ['one place of two', number, { ...whole, parts: [...whole.parts, ['q', number]] }],
      ['a revision', number, { ...whole, revision: number }],
      ['a schema version', number, { ...whole, schemaVersion: number }],
    ]),
  )('with %s that is %p is as good as none, and is replaced', (_, __, metadata) =>
    withServer(async ({ store, bare }) => {
      await bare.appendToStream('snapshot-keyring-a', [
        binaryEvent({ type: 'SnapshotPart', data: Buffer.from('"p"'), metadata: Buffer.from('{}') }),
        binaryEvent({
          type: 'Snapshot',
          data: Buffer.from('{}'),
          metadata: Buffer.from(JSON.stringify(metadata)),
        }),
      ]);
      expect(await right(store.loadSnapshot('keyring-a'))).toBeNull();
      // Not anew: what it says of itself counts for nothing.
      const next = { ...snapshot(2), parts: new Map([['p', '"p"']]) };
      await right(store.saveSnapshot('keyring-a', next));
      expect(await right(store.loadSnapshot('keyring-a'))).toEqual(next);
    })(),
  );
});
