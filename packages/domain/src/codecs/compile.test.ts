import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { compileDecoder, compileEncoder, INVALID } from './compile';

/** A date in memory, a text in JSON: of no kind that compiling knows. */
const Day = new t.Type<Date, string>(
  'Day',
  (u): u is Date => u instanceof Date,
  (u, context) =>
    t.string.is(u) && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(u) ? t.success(new Date(u)) : t.failure(u, context),
  (date) => date.toISOString().slice(0, 10),
);

const day = '2026-11-26';

test('a codec of an unknown kind is asked itself, on its own and within others', () => {
  expect(compileDecoder(Day)(day)).toEqual(new Date(day));
  expect(compileDecoder(Day)('soon')).toBe(INVALID);
  expect(compileEncoder(Day)(new Date(day))).toBe(day);
  expect(compileEncoder(Day)(day)).toBe(INVALID);
  const Visit = t.type({ on: Day });
  expect(compileDecoder(Visit)({ on: day })).toEqual({ on: new Date(day) });
  expect(compileDecoder(Visit)({ on: 'soon' })).toBe(INVALID);
  expect(compileEncoder(Visit)({ on: new Date(day) })).toEqual({ on: day });
  expect(compileEncoder(Visit)({ on: day })).toBe(INVALID);
});

test('an intersection with anything but object types is asked itself', () => {
  const Counts = t.intersection([t.type({ all: t.number }), t.record(t.string, t.number)]);
  for (const input of [{ all: 2, some: 1 }, { all: 2, some: 'one' }, { some: 1 }]) {
    const decoded = Counts.decode(input);
    expect(compileDecoder(Counts)(input)).toEqual(E.isRight(decoded) ? decoded.right : INVALID);
    expect(compileEncoder(Counts)(input)).toEqual(Counts.is(input) ? Counts.encode(input) : INVALID);
  }
});

describe.each([
  ['a number', t.number, 1, '1'],
  ['a text', t.string, '1', 1],
  ['a constant', t.literal('a'), 'a', 'b'],
  ['nothing', t.null, null, undefined],
] as const)('%s', (_, codec: t.Mixed, fitting, other) => {
  test.each([
    ['decoded', compileDecoder(codec)],
    ['encoded', compileEncoder(codec)],
  ])('is itself when %s, and nothing else is', (__, convert) => {
    expect(convert(fitting)).toBe(fitting);
    expect(convert(other)).toBe(INVALID);
  });
});
