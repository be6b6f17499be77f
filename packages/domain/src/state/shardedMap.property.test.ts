import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ShardedMap } from './shardedMap';

const operation = fc.oneof(
  fc.record({ put: fc.string({ maxLength: 3 }), value: fc.nat() }),
  fc.record({ take: fc.string({ maxLength: 3 }) }),
);

const sorted = (map: ReadonlyMap<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

test('behaves as a Map does, and what it was made from stays as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.array(operation, { maxLength: 20 }), { maxLength: 6 }), (rounds) => {
      const model = new Map<string, number>();
      let map = new ShardedMap<string, number>();
      for (const round of rounds) {
        const before = map;
        const entriesBefore = sorted(before);
        const draft = map.draft();
        for (const op of round) {
          if ('take' in op) {
            expect(draft.take(op.take)).toBe(model.get(op.take));
            model.delete(op.take);
          } else {
            draft.set(op.put, op.value);
            model.set(op.put, op.value);
          }
          expect(draft.size).toBe(model.size);
        }
        map = draft.finish();
        expect(sorted(before)).toEqual(entriesBefore);
        expect(sorted(map)).toEqual(sorted(model));
        expect([...map.keys()].length).toBe(model.size);
        expect([...map.values()].sort()).toEqual([...model.values()].sort());
        for (const key of ['', 'a', ...model.keys()]) expect(map.has(key)).toBe(model.has(key));
        for (const [key, value] of model) expect(map.get(key)).toBe(value);
        const seen: string[] = [];
        map.forEach((_, key) => seen.push(key));
        expect(seen.sort()).toEqual([...model.keys()].sort());
      }
    }),
  );
});
