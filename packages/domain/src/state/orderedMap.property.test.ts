import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OrderedMap } from './orderedMap';

const key = fc.integer({ min: 0, max: 40 }).map(String);
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

test('behaves as a Map does, order included, and what it was made from stays as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.array(operation, { maxLength: 10 }), { maxLength: 6 }), (rounds) => {
      const model = new Map<string, number>();
      let map = new OrderedMap<string, number>();
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
        expect([...before]).toEqual(entriesBefore);
        expect([...map]).toEqual([...model]);
        expect(map.size).toBe(model.size);
        expect([...map.keys()]).toEqual([...model.keys()]);
        expect([...map.values()]).toEqual([...model.values()]);
        const asked = ['', '1', '1-1', ...model.keys()];
        expect(asked.map((name) => map.has(name))).toEqual(asked.map((name) => model.has(name)));
        expect(asked.map((name) => map.get(name))).toEqual(asked.map((name) => model.get(name)));
        const seen: string[] = [];
        map.forEach((_, name) => seen.push(name));
        expect(seen).toEqual([...model.keys()]);
        expect(OrderedMap.of(model)).toEqual(map);
        expect(map.chunks.length).toBeLessThanOrEqual((2 * model.size) / 256 + 2);
      }
    }),
  );
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
