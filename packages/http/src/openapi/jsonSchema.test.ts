import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as t from 'io-ts';
import { list, nullable, object, objectWith, pattern, upTo, wholeNumber, word } from '../codecs/codec';
import { decodeInput } from '../codecs/decodeInput';
import { flag, literal } from '../codecs/words';
import { schemaFits } from '../testSupport/documented';
import { makeSchemas } from './jsonSchema';

const Input = objectWith(
  'TriedInput',
  { name: upTo(4), kind: word({ one: null, two: null }) },
  {
    count: wholeNumber(1, 3),
    id: pattern('^[a-c]{1,2}$', 'a, b, c'),
    on: flag,
    is: literal('this'),
    parts: list(object('PartInput', { part: nullable(upTo(2)) })),
  },
);

/** Mostly what fits. */
const mostly = <A, B>(fitting: fc.Arbitrary<A>, other: fc.Arbitrary<B>): fc.Arbitrary<A | B> =>
  fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: other });

const part = mostly(
  fc.oneof(fc.constant(null), fc.string({ maxLength: 2 })),
  fc.string({ minLength: 3, maxLength: 4 }),
);

/** Values that fit, almost fit, and don't. */
const value = fc.tuple(
  fc.record({
    name: mostly(fc.string({ maxLength: 4 }), fc.constantFrom(null, 'longer')),
    kind: mostly(fc.constantFrom('one', 'two'), fc.constantFrom('three', undefined)),
  }),
  fc.record(
    {
      count: mostly(fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 4, 1.5, '1')),
      id: mostly(fc.constantFrom('a', 'bc'), fc.constantFrom('', 'd', 'abc')),
      on: mostly(fc.boolean(), fc.constant('true')),
      is: mostly(fc.constant('this'), fc.constant('that')),
      parts: fc.array(mostly(fc.record({ part }), fc.constantFrom({ part: 'a', more: 1 }, {}, 1)), {
        maxLength: 2,
      }),
    },
    { requiredKeys: [] },
  ),
  mostly(fc.constant({}), fc.constant({ unknown: 1 })),
);

const isTaken = (given: unknown): boolean => {
  try {
    decodeInput(Input, given, 'body');
    return true;
  } catch {
    return false;
  }
};

describe('a schema', () => {
  test('takes what its codec takes, and nothing else', () => {
    const fits = schemaFits(Input);
    let taken = 0;
    fc.assert(
      fc.property(value, (parts) => {
        const given: unknown = JSON.parse(JSON.stringify(Object.assign({}, ...parts)));
        const isSo = isTaken(given);
        taken += isSo ? 1 : 0;
        expect([given, fits(given)]).toEqual([given, isSo]);
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(50);
    expect(taken).toBeLessThan(450);
  });

  test('is of one codec alone, and of those that it knows', () => {
    const schemas = makeSchemas();
    schemas.of(object('Twice', { a: flag }));
    expect(() => schemas.of(object('Twice', { a: flag }))).toThrow('Twice');
    expect(() => schemas.of(t.Int)).not.toThrow();
    expect(() =>
      schemas.of(
        new t.Type<Date>('Date', (u): u is Date => u instanceof Date, t.success as never, t.identity),
      ),
    ).toThrow('Date');
  });
});
