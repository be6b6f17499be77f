import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHUNK, DeferredChunk } from './chunk';
import { OrderedMap } from './orderedMap';

const CHUNKS = 3;
const deferredKeys = (nth: number): ReadonlyArray<string> =>
  Array.from({ length: CHUNK }, (_, i) => `later-${nth}-${i}`);

const key = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 40 }).map(String) },
  fc.constantFrom(...Array.from({ length: CHUNKS }, (_, nth) => deferredKeys(nth).slice(0, 3)).flat()),
);
type Operation =
  | { readonly put: string; readonly value: number }
  | { readonly take: string }
  /** More than a chunk holds. */
  | { readonly fill: number }
  | { readonly empty: number };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ put: key, value: fc.nat() }),
  fc.record({ take: key }),
  fc.record({ fill: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ empty: fc.integer({ min: 0, max: 3 }) }),
);

const MANY = 300;

/** The same done to a Map. */
const steps = (op: Operation): ReadonlyArray<readonly [string, number | null]> => {
  if ('put' in op) return [[op.put, op.value]];
  if ('take' in op) return [[op.take, null]];
  const [many, value] = 'fill' in op ? [op.fill, 7] : [op.empty, null];
  return Array.from({ length: MANY }, (_, i) => [`${many}-${i}`, value]);
};

const deferred = (nth: number, value: number) =>
  new DeferredChunk<string, number>({
    names: () => deferredKeys(nth).map((name) => `name of ${name}`),
    nameOf: (name) => `name of ${name}`,
    keys: () => deferredKeys(nth),
    entries: () => deferredKeys(nth).map((name) => [name, value]),
  });

/** Of thousands of entries, each many times: jest's own comparison takes most of the test's time. */
const expectSame = (some: ReadonlyArray<unknown>, others: ReadonlyArray<unknown>): void => {
  expect(JSON.stringify(some)).toBe(JSON.stringify(others));
};

test('behaves as a Map does, order included, and what it was made from stays as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(operation, { maxLength: 10 }), { maxLength: 6 }),
      fc.nat(CHUNKS),
      (rounds, n) => {
        const model = new Map<string, number>();
        const begun = new OrderedMap<string, number>().draft();
        for (let nth = 0; nth < n; nth += 1) {
          expect(begun.defer(deferred(nth, nth))).toBe(true);
          for (const name of deferredKeys(nth)) model.set(name, nth);
        }
        let map = begun.finish();
        for (const round of rounds) {
          const before = map;
          const entriesBefore = [...before];
          const draft = map.draft();
          const done = round.flatMap(steps);
          const apply = (take: (name: string) => unknown, set: (name: string, value: number) => unknown) =>
            done.flatMap(([name, value]) => {
              if (value === null) return [take(name)];
              set(name, value);
              return [];
            });
          const taken = apply(
            (name) => draft.take(name),
            (name, value) => draft.set(name, value),
          );
          const takenOfModel = apply(
            (name) => {
              const value = model.get(name);
              model.delete(name);
              return value;
            },
            (name, value) => model.set(name, value),
          );
          expect(taken).toEqual(takenOfModel);
          expect(draft.size).toBe(model.size);
          map = draft.finish();
          expectSame([...before], entriesBefore);
          expectSame([...map], [...model]);
          expect(map.size).toBe(model.size);
          expectSame([...map.keys()], [...model.keys()]);
          expectSame([...map.values()], [...model.values()]);
          const asked = ['', '1', '1-1', ...model.keys()];
          const hasAndGets = (one: { has: (name: string) => boolean; get: (name: string) => unknown }) =>
            asked.map((name) => [one.has(name), one.get(name)]);
          expectSame(hasAndGets(map), hasAndGets(model));
          const seen: string[] = [];
          map.forEach((_, name) => seen.push(name));
          expectSame(seen, [...model.keys()]);
          expect(OrderedMap.of(model)).toEqual(map);
          expect(map.chunks.length).toBeLessThanOrEqual((2 * model.size) / 256 + 2);
        }
      },
    ),
  );
});

test('a deferred chunk is read once, when one of its keys is asked for, and by no copy again', () => {
  let reads = 0;
  const draft = new OrderedMap<string, number>().draft();
  const chunk = deferred(0, 7);
  const counted = new DeferredChunk<string, number>({
    ...chunk.reading,
    entries: () => {
      reads += 1;
      return chunk.read();
    },
  });
  expect(draft.defer(counted)).toBe(true);
  draft.set('k', 1);
  expect(draft.defer(deferred(1, 7))).toBe(false);
  const map = draft.finish();
  expect([map.size, map.has('later-0-0'), map.has('later-1-0'), map.get('k')]).toEqual([257, true, false, 1]);
  expect([...map.keys()].slice(255)).toEqual(['later-0-255', 'k']);
  expect([...map.undeferred()]).toEqual([1]);
  expect(reads).toBe(0);
  const copy = map.draft();
  copy.set('later-0-3', 8);
  const written = copy.finish();
  expect([map.get('later-0-3'), written.get('later-0-3'), written.get('later-0-4')]).toEqual([7, 8, 7]);
  expect(reads).toBe(1);
});

test('a copy shares the chunks that it was not written to', () => {
  const draft = new OrderedMap<string, number>().draft();
  for (let i = 0; i < 1_000; i += 1) draft.set(`k${i}`, i);
  const map = draft.finish();
  const copy = map.draft();
  copy.set('k300', 0);
  copy.set('k1000', 1_000);
  const shared = copy.finish().chunks.map((chunk, i) => chunk === map.chunks[i]);
  expect(shared).toEqual([true, false, true, false]);
});

test('two with other entries, or in another order, are not equal', () => {
  const of = (...entries: ReadonlyArray<readonly [string, number]>) => OrderedMap.of(new Map(entries));
  expect(of(['a', 1], ['b', 2])).not.toEqual(of(['b', 2], ['a', 1]));
  expect(of(['a', 1])).not.toEqual(of(['a', 2]));
  expect(of(['a', 1])).not.toEqual(of());
});
