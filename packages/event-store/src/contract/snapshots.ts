import { describe, expect, test } from '@jest/globals';
import type { EventStore, PartText, StoredSnapshot } from '../eventStore';
import { events, wholeStream } from './events';
import type { Subject } from './fixture';
import { right } from './results';

const snapshot = (revision: number, data = `{"sum":${revision}}`): StoredSnapshot => ({
  revision,
  schemaVersion: 1,
  data,
  parts: new Map(),
});

const textOf = (name: string): string => ` {"part":"${name}","ü🗝":0.10}`;

/** One that has these parts. */
const inParts = (revision: number, ...names: ReadonlyArray<string>): StoredSnapshot => ({
  ...snapshot(revision),
  parts: new Map(names.map((name) => [name, textOf(name)])),
});

/** Saves it, and tells which texts the store asked for. */
const saved = async (
  store: EventStore,
  stream: string,
  { parts, ...rest }: StoredSnapshot & { readonly anew?: boolean },
): Promise<ReadonlyArray<string>> => {
  const asked: string[] = [];
  const given = new Map(
    [...parts].map(([name, text]) => [
      name,
      () => {
        asked.push(name);
        return text;
      },
    ]),
  );
  await right(store.saveSnapshot(stream, { ...rest, parts: given }));
  return asked;
};

/** One snapshot a stream, the newest. */
export const snapshots = ({ withStore }: Subject): void =>
  describe('snapshots', () => {
    test(
      'a stream has none until one is saved',
      withStore(async ({ store, stream }) => {
        await right(store.append(stream(), 'any', events(1)));
        expect(await right(store.loadSnapshot(stream()))).toBeNull();
      }),
    );

    test(
      'gives back what was saved',
      withStore(async ({ store, stream, another }) => {
        const saved = {
          ...inParts(3, 'a', 'B-_9', 'x'.repeat(64)),
          schemaVersion: 7,
          data: ' {"deep":[{"k-1":null},"ü🗝",0.10]}',
        };
        await right(store.saveSnapshot(stream(), saved));
        expect(await right(store.loadSnapshot(stream()))).toEqual(saved);
        expect(await right((await another()).loadSnapshot(stream()))).toEqual(saved);
      }),
    );

    test(
      'keeps the newest only, whatever the order of saving',
      withStore(async ({ store, stream }) => {
        await right(store.saveSnapshot(stream(), inParts(3, 'a')));
        await right(store.saveSnapshot(stream(), inParts(10, 'a', 'b')));
        await right(store.saveSnapshot(stream(), inParts(9, 'c')));
        await right(store.saveSnapshot(stream(), snapshot(0)));
        expect(await right(store.loadSnapshot(stream()))).toEqual(inParts(10, 'a', 'b'));
      }),
    );

    test(
      'of the same revision replaces: the fold has changed',
      withStore(async ({ store, stream }) => {
        await right(store.saveSnapshot(stream(), inParts(3, 'a', 'b')));
        const folded = { ...inParts(3, 'b', 'c'), data: '"folded anew"', schemaVersion: 2 };
        await right(store.saveSnapshot(stream(), folded));
        expect(await right(store.loadSnapshot(stream()))).toEqual(folded);
      }),
    );

    test(
      'asks for no part that it has, whoever saved it',
      withStore(async ({ store, stream, another }) => {
        expect(await saved(store, stream(), inParts(1, 'a', 'b'))).toEqual(['a', 'b']);
        expect(await saved(store, stream(), inParts(2, 'b', 'c', 'a'))).toEqual(['c']);
        expect(await saved(await another(), stream(), inParts(3, 'c', 'd'))).toEqual(['d']);
        expect(await right(store.loadSnapshot(stream()))).toEqual(inParts(3, 'c', 'd'));
        expect(await saved(store, stream(), inParts(4, 'd', 'a'))).toEqual(['a']);
        expect(await right(store.loadSnapshot(stream()))).toEqual(inParts(4, 'd', 'a'));
      }),
    );

    test(
      'replaces one that was of no use whatever its revision, and writes every part anew',
      withStore(async ({ store, stream }) => {
        const [old, good] = [inParts(1_000, 'a', 'b'), inParts(2, 'a', 'b')];
        const spoilt = new Map([...old.parts].map(([name]) => [name, '"spoilt"']));
        await right(store.saveSnapshot(stream(), { ...old, parts: spoilt }));
        expect(await saved(store, stream(), { ...good, anew: true })).toEqual(['a', 'b']);
        expect(await right(store.loadSnapshot(stream()))).toEqual(good);
      }),
    );

    test(
      'leaves the stored one in force when it is cut off behind some of its parts',
      withStore(async ({ store, stream }) => {
        const before = inParts(1, 'a', 'b');
        await right(store.saveSnapshot(stream(), before));
        const many = inParts(2, 'a', ...Array.from({ length: 40 }, (_, n) => `p${n}`));
        const killed = (): string => {
          throw new Error('The process was killed.');
        };
        const cut = { ...many, parts: new Map<string, PartText>([...many.parts, ['z', killed]]) };
        await store
          .saveSnapshot(stream(), cut)()
          .catch(() => undefined);
        const { parts, ...rest } = (await right(store.loadSnapshot(stream()))) ?? snapshot(0);
        const own = new Map([...parts].filter(([name]) => before.parts.has(name)));
        expect({ ...rest, parts: own }).toEqual(before);
        await right(store.saveSnapshot(stream(), many));
        expect(await right(store.loadSnapshot(stream()))).toEqual(many);
      }),
    );

    test(
      'belongs to its stream alone, and is no event',
      withStore(async ({ store, stream, prefix, start }) => {
        await right(store.append(stream('a'), 'any', events(1)));
        await right(store.saveSnapshot(stream('a'), inParts(0, 'p')));
        await right(store.saveSnapshot(stream('b'), inParts(5, 'p', 'q')));
        await right(store.saveSnapshot(stream('b'), inParts(6, 'q')));
        expect(await right(store.loadSnapshot(stream('a')))).toEqual(inParts(0, 'p'));
        expect(await right(store.loadSnapshot(stream('b')))).toEqual(inParts(6, 'q'));
        expect(await wholeStream(store, stream('a'))).toHaveLength(1);
        expect(await wholeStream(store, stream('b'))).toHaveLength(0);
        const page = await right(store.readAll({ ...start, streamPrefix: prefix, limit: 10 }));
        expect(page.events).toHaveLength(1);
      }),
    );

    test(
      'of many at once is in the end the newest, with all its parts',
      withStore(async ({ store, stream, another }) => {
        const handles = [store, await another()];
        const all = Array.from({ length: 12 }, (_, n) => inParts(n, `p${n % 3}`, `q${n % 5}`, `own${n}`));
        // One that others overtake again and again may say so; what is stored never goes back.
        await Promise.all(all.map((one, n) => (handles[n % 2] ?? store).saveSnapshot(stream(), one)()));
        const between = await right(store.loadSnapshot(stream()));
        for (const name of all[between?.revision ?? 0]?.parts.keys() ?? []) {
          expect(between?.parts.get(name)).toBe(textOf(name));
        }
        const last = inParts(12, 'p1', 'q1', 'own11');
        await right(store.saveSnapshot(stream(), last));
        expect(await right(store.loadSnapshot(stream()))).toEqual(last);
      }),
    );

    test(
      'of many parts takes no more at once than a store takes, however much that is together',
      withStore(async ({ store, stream }) => {
        const large = Array.from(
          { length: 20 },
          (_, n) => [`part-${n}`, JSON.stringify(`${n}`.repeat(150_000))] as const,
        );
        const whole = { ...snapshot(1, JSON.stringify('d'.repeat(800_000))), parts: new Map(large) };
        await right(store.saveSnapshot(stream(), whole));
        expect(await right(store.loadSnapshot(stream()))).toEqual(whole);
      }),
    );
  });
