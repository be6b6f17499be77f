import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { event, wholeStream } from './events';
import type { Subject } from './fixture';
import { right } from './results';

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => ({ inner: [inner] }), 'the innermost');

const values: ReadonlyArray<readonly [what: string, value: unknown]> = [
  ['null', null],
  ['false', false],
  ['an empty string', ''],
  ['an empty object', {}],
  ['an empty list', []],
  ['quotes, backslashes and line ends', '"\\\r\n\t\u2028\u2029'],
  ['the character 0', 'a\u0000b'],
  ['accents, composed and decomposed', ['é', 'e\u0301']],
  ['characters beyond the first plane', '🗝️ 👩‍🚀 𝄞'],
  ['writing from right to left', 'שלום \u202e'],
  ['half a surrogate pair', '\ud83d'],
  ['whole numbers up to the largest safe one', [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]],
  ['numbers that are not whole', [0.1, -0.1, 1e-7, 1e21, 5e-324, Number.MAX_VALUE, 123456789.123456789]],
  ['keys that objects have by nature', { constructor: 1, toString: 2, length: 3, '': 4, 'a.b': 5 }],
  ['a key named like the prototype', JSON.parse('{"__proto__":{"x":1}}')],
  ['keys that look like indexes', { '2': 'b', '1': 'a' }],
  ['text that looks like a date or a number', ['2026-11-23T08:00:00.000Z', '0123', 'NaN', 'null']],
  ['400 levels of nesting', nested(200)],
  ['a text of 200,000 characters', 'ü'.repeat(200_000)],
];

/** As the unit 'binary', which takes most of a second to be made. */
const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));

/** What is read is the text that was written. */
export const json = ({ withStore }: Subject): void =>
  describe('JSON', () => {
    test.each(values)('keeps %s', (_, value) =>
      withStore(async ({ store, stream }) => {
        const [data, metadata] = [JSON.stringify(value), JSON.stringify({ value })];
        await right(store.append(stream(), 'no-stream', [event({ data, metadata })]));
        expect(await wholeStream(store, stream())).toMatchObject([{ data, metadata }]);
      })(),
    );

    test.each([
      ['space around it', ' { "a" : 1 }\n'],
      ['a member twice', '{"a":1,"a":2}'],
      ['numbers that are written otherwise', '[1.0,1e0,-0,1E+2]'],
      ['characters that need no escape', '"\\u0061\\/"'],
    ])('keeps the text as it was given: %s', (_, data) =>
      withStore(async ({ store, stream }) => {
        await right(store.append(stream(), 'no-stream', [event({ data, metadata: data })]));
        expect(await wholeStream(store, stream())).toMatchObject([{ data, metadata: data }]);
      })(),
    );

    test(
      'keeps any text',
      withStore(async ({ store, stream }) => {
        const anyJson = fc.json({ stringUnit: anyCharacter, maxDepth: 3 });
        let runs = 0;
        await fc.assert(
          fc.asyncProperty(anyJson, anyJson, async (data, metadata) => {
            runs += 1;
            const name = stream(`s${runs}`);
            await right(store.append(name, 'no-stream', [event({ data, metadata })]));
            expect(await wholeStream(store, name)).toMatchObject([{ data, metadata }]);
          }),
          { numRuns: 40 },
        );
      }),
    );
  });
