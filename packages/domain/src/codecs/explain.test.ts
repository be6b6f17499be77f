import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { UndecodableEvent, UndecodableSnapshot, UnencodableEvent } from './errors';
import { explain } from './explain';
import { unknownMembers } from './unknownMembers';

const Colour = t.keyof({ red: null, blue: null }, 'Colour');
const Size = t.refinement(t.number, (n) => n > 0, 'Size');
const Shape = t.type({
  colour: Colour,
  sizes: t.array(Size),
  '3d': t.boolean,
  last4: t.string,
  of: t.type({ name: t.string }),
});

const fits = { colour: 'red', sizes: [1, 2], '3d': true, last4: 'cube', of: { name: 'cube' } };

const explained = (value: unknown): string => {
  const decoded = Shape.decode(value);
  return E.isLeft(decoded) ? explain(decoded.left) : 'it fits';
};

describe('why a value does not fit', () => {
  test('names the place and what is expected there, never what it held', () => {
    expect(explained(fits)).toBe('it fits');
    expect(explained({ ...fits, colour: 'oops' })).toBe('colour is not Colour');
    expect(explained({ ...fits, of: { name: 7 } })).toBe('of.name is not string');
    expect(explained({ ...fits, '3d': 'oops' })).toBe('3d is not boolean');
    expect(explained({ ...fits, last4: 7 })).toBe('last4 is not string');
  });

  test('of a list names the list, once, however many members do not fit', () => {
    const sizes = Array.from({ length: 12 }, () => 0);
    expect(explained({ ...fits, sizes })).toBe('sizes is not Size');
  });

  test('of the whole says so', () => {
    expect(explain([{ value: 1, context: [{ key: '', type: Shape }] }])).toBe(
      `the value is not ${Shape.name}`,
    );
    expect(explain([{ value: 1, context: [] }])).toBe('the value is not something else');
  });

  test('names three places at most', () => {
    expect(explained({})).toBe('colour is not Colour; sizes is not Array<Size>; 3d is not boolean');
  });
});

describe('members that a codec does not name', () => {
  const codec = t.type({
    kind: t.string,
    list: t.readonlyArray(t.type({ a: t.number })),
    choice: t.union([t.type({ x: t.number }), t.type({ y: t.number, more: t.type({ z: t.number }) })]),
  });
  const value = { kind: 'k', list: [{ a: 1 }], choice: { x: 1 } };
  const unknown = (altered: object) => unknownMembers(codec, { ...value, ...altered }, 'data');

  test('there are none', () => {
    expect(unknown({})).toEqual([]);
  });

  test('are found in the value itself, in lists, and in the member of a union that fits', () => {
    expect(unknown({ colour: 1, size: 2 })).toEqual(['data.colour', 'data.size']);
    expect(unknown({ list: [{ a: 1 }, { a: 2, b: 3 }] })).toEqual(['data.list[1].b']);
    expect(unknown({ choice: { x: 1, w: 2 } })).toEqual(['data.choice.w']);
    expect(unknown({ choice: { y: 1, more: { z: 1, w: 2 } } })).toEqual(['data.choice.more.w']);
  });

  test('are not looked for where the value does not fit at all', () => {
    expect(unknown({ list: 'none' })).toEqual([]);
    expect(unknown({ choice: { w: 1 } })).toEqual([]);
    expect(unknownMembers(codec, 7, 'data')).toEqual([]);
    expect(unknownMembers(t.string, { a: 1 }, 'data')).toEqual([]);
  });
});

test('each error says by its name what it is', () => {
  const stored = { stream: 's', revision: 0, type: 'KeyAdded' };
  const errors = [
    new UndecodableEvent(stored, 'invalid-data', 'x'),
    new UnencodableEvent('KeyAdded', 'x'),
    new UndecodableSnapshot('x'),
  ];
  expect(errors.map(({ name, _tag }) => [name, _tag])).toEqual([
    ['UndecodableEvent', 'UndecodableEvent'],
    ['UnencodableEvent', 'UnencodableEvent'],
    ['UndecodableSnapshot', 'UndecodableSnapshot'],
  ]);
});
