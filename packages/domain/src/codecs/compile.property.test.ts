import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import type * as t from 'io-ts';
import { payloads } from '../events';
import { arbitraryOf } from '../testSupport/arbitraryOf';
import { compileDecoder, compileEncoder, INVALID } from './compile';
import { StoredMetadata } from './metadata';

const codecs: ReadonlyArray<t.Mixed> = [StoredMetadata, ...Object.values(payloads)];

/** Spoils one member somewhere, or none. */
const spoilt = (value: unknown, path: ReadonlyArray<number>, by: unknown): unknown => {
  const [at, ...rest] = path;
  if (at === undefined || typeof value !== 'object' || value === null) return by;
  const names = Object.keys(value);
  const name = names[at % Math.max(1, names.length)];
  if (name === undefined) return by;
  const entries = Object.entries(value).map(
    ([member, held]: [string, unknown]) => [member, member === name ? spoilt(held, rest, by) : held] as const,
  );
  return Array.isArray(value) ? entries.map(([, held]) => held) : Object.fromEntries(entries);
};

const stored = fc.constantFrom(...codecs).chain((codec) =>
  fc
    .tuple(
      arbitraryOf(codec),
      fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }),
      fc.jsonValue(),
      fc.boolean(),
    )
    .map(([value, path, by, spoil]) => {
      const json: unknown = JSON.parse(JSON.stringify(codec.encode(value)));
      return { codec, input: spoil ? spoilt(json, path, by) : json };
    }),
);

test('a compiled decoder gives what its codec gives, but for members that the codec does not name', () => {
  const decoders = new Map(codecs.map((codec) => [codec, compileDecoder(codec)]));
  fc.assert(
    fc.property(stored, ({ codec, input }) => {
      const value = decoders.get(codec)?.(input);
      const decoded = codec.decode(input);
      expect(value === INVALID).toBe(E.isLeft(decoded));
      if (E.isRight(decoded)) {
        expect(codec.encode(value)).toEqual(compileEncoder(codec)(value));
        expect(codec.encode(decoded.right)).toMatchObject(codec.encode(value) as object);
      }
    }),
    { numRuns: 600 },
  );
});

test('a compiled encoder takes just what its codec takes, and gives what it gives', () => {
  const encoders = new Map(codecs.map((codec) => [codec, compileEncoder(codec)]));
  const values = fc
    .constantFrom(...codecs)
    .chain((codec) =>
      fc
        .tuple(
          arbitraryOf(codec),
          fc.array(fc.nat(12), { minLength: 1, maxLength: 2 }),
          fc.anything(),
          fc.boolean(),
        )
        .map(([value, path, by, spoil]) => ({ codec, value: spoil ? spoilt(value, path, by) : value })),
    );
  fc.assert(
    fc.property(values, ({ codec, value }) => {
      const encoded = encoders.get(codec)?.(value);
      if (!codec.is(value)) expect(encoded).toBe(INVALID);
      if (encoded !== INVALID) expect(encoded).toEqual(codec.encode(value));
    }),
    { numRuns: 600 },
  );
});
