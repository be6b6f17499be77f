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

test('SC-3: behaves as a Map does when it has grown far beyond its first shards, and so do those before it', () => {
  const model = new Map<string, number>();
  const versions: Array<readonly [ShardedMap<string, number>, ReadonlyMap<string, number>]> = [];
  let map = new ShardedMap<string, number>();
  for (let round = 0; round < 8; round += 1) {
    const draft = map.draft();
    for (let i = 0; i < 1_500; i += 1) {
      const key = `k-${round}-${i}`;
      draft.set(key, i);
      model.set(key, i);
      if (i % 3 > 0) continue;
      const gone = `k-${round - 1}-${i}`;
      expect(draft.take(gone)).toBe(model.get(gone));
      model.delete(gone);
    }
    map = draft.finish();
    versions.push([map, new Map(model)]);
  }
  for (const [version, entries] of versions) {
    expect(version.size).toBe(entries.size);
    expect(sorted(version)).toEqual(sorted(entries));
    expect([...entries].filter(([key, value]) => version.get(key) !== value)).toEqual([]);
    expect([...model.keys()].filter((key) => version.has(key) !== entries.has(key))).toEqual([]);
  }
});
