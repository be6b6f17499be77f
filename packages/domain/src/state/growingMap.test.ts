import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GrowingMap } from './growingMap';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
/** Copies of copies: each is made of an earlier map, by its number, with an entry more. */
const copies = fc.array(fc.tuple(fc.nat(), key, fc.nat(9)), { maxLength: 30 });

test('every copy is the map that it would be if it had copied everything', () => {
  fc.assert(
    fc.property(copies, (steps) => {
      const growing = [new GrowingMap<string, number>()];
      const plain = [new Map<string, number>()];
      for (const [of, key, value] of steps) {
        const [map, model] = [growing[of % growing.length], plain[of % plain.length]];
        if (map === undefined || model === undefined) throw new Error('none');
        const copy = GrowingMap.from(map);
        copy.set(key, value);
        growing.push(copy);
        plain.push(new Map(model).set(key, value));
      }
      for (const [index, map] of growing.entries()) {
        const model = plain[index] ?? new Map<string, number>();
        expect([...map]).toEqual([...model]);
        expect([map.size, [...map.keys()], [...map.values()]]).toEqual([
          model.size,
          [...model.keys()],
          [...model.values()],
        ]);
        for (const one of ['a', 'b', 'c', 'd', 'e']) {
          expect([map.get(one), map.has(one)]).toEqual([model.get(one), model.has(one)]);
        }
        const told: Array<[string, number]> = [];
        map.forEach((value, key) => told.push([key, value]));
        expect(told).toEqual([...model]);
      }
    }),
  );
});

test('a copy of any other map has its entries, and goes its own way', () => {
  const map = new Map([['a', 1]]);
  const copy = GrowingMap.from(map);
  copy.set('b', 2);
  expect([...copy]).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  expect([...map]).toEqual([['a', 1]]);
});
