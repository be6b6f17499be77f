import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sharesBytes } from './sharesBytes';

const BASE_62 = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
const base62 = (minLength: number, maxLength = minLength) =>
  fc.noBias(fc.string({ unit: fc.constantFrom(...BASE_62), minLength, maxLength }));
const key = base62(40, 120).map((random) => `sk-ant-api03-${random}`);

const backwards = (text: string): string => Array.from(text).reverse().join('');
const shares = (text: string, secret: string): boolean => sharesBytes(text, Buffer.from(secret, 'latin1'));

describe('V-9: what a text tells of a secret is found', () => {
  test('in eight bytes in a row, raw, in hexadecimal and in base 64, wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 120 }),
        fc.nat(),
        fc.constantFrom('latin1' as const, 'hex' as const, 'base64' as const, 'base64url' as const),
        fc.string(),
        (bytes, at, encoding, around) => {
          const start = at % (bytes.length - 8);
          const part = bytes.subarray(start, start + 8);
          // Numbers and repetitions tell less: a key has none of eight.
          fc.pre(new Set(part).size >= 6 && part.some((byte) => byte > 0x7f));
          const written = Buffer.from(part).toString(encoding).replace(/=+$/, '');
          expect(sharesBytes(around + written + around, bytes)).toBe(true);
        },
      ),
    );
  });

  test('in pieces of four and more, in any order, with anything between, forwards or backwards', () => {
    fc.assert(
      fc.property(
        key,
        fc.integer({ min: 4, max: 12 }),
        fc.constantFrom('', '_', '-', '~', ' of '),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
        (secret, size, between, back, upper, random) => {
          const body = secret.slice(13);
          const cut = Array.from({ length: Math.floor(body.length / size) }, (_, index) =>
            body.slice(index * size, (index + 1) * size),
          );
          const order = cut
            .map((piece, index) => ({ piece, at: random[index] ?? 0 }))
            .sort((a, b) => a.at - b.at);
          const some = order.slice(0, Math.ceil(32 / size)).map(({ piece }) => piece);
          const text = (back ? backwards(some.join(between)) : some.join(between)).slice(0, 64);
          // Another case tells a bit less of each.
          expect(shares(upper && size > 5 ? text.toUpperCase() : text, secret)).toBe(true);
        },
      ),
    );
  });

  test('in eight characters of a key in a row, in any case', () => {
    fc.assert(
      fc.property(key, fc.nat(), fc.boolean(), (secret, at, upper) => {
        const start = 13 + (at % (secret.length - 13 - 9));
        const part = secret.slice(start, start + 9);
        // Digits alone tell half as much.
        fc.pre(/[g-zG-Z].*[g-zG-Z]/.test(part));
        expect(shares(`prod ${upper ? part.toUpperCase() : part}!`, secret)).toBe(true);
      }),
    );
  });

  test('in eight characters in both cases, where separators of the key stand among them', () => {
    const secret = 'sk-proj-aB-dE_gH-Qx3mZtR7vLw2KcYp';
    expect(shares('aB-dE_gH', secret)).toBe(true);
    expect(shares('prod-B-dE_gH-Q', secret)).toBe(true);
    expect(shares('sk-proj-', secret)).toBe(false);
  });

  test('once: what is repeated tells nothing new', () => {
    expect(shares('prod prod prod prod prod prod prod', 'sk-prod-Zq9xWv8uTs7rQp6o')).toBe(false);
  });
});

describe('V-21: chance tells nothing', () => {
  const hex = (bytes: number) => fc.constant(null).map(() => randomBytes(bytes).toString('hex'));
  const uuid = fc.constant(null).map(() => randomUUID());
  const id = fc.oneof(uuid, hex(16), hex(12), base62(24), base62(21), base62(64));
  const secret = fc.oneof(
    fc.tuple(uuid, uuid).map((two) => two.join('')),
    hex(32),
    key,
    hex(16),
    base62(40),
  );

  test('in random ids, whatever the secret is made of', () => {
    fc.assert(
      fc.property(id, secret, (text, random) => {
        expect(shares(text, random)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test('in eight hexadecimal digits, dashes and versions that two ids have in common', () => {
    const [one, two] = ['3f2a9c51-7d04-4b6e-9a18-c0ffee123456', '8d10b7e2-6c39-4b6e-9a17-0a1b2c3d4e5f'];
    expect(shares(one, two)).toBe(false);
    expect(shares('00000000-0000-4000-8000-3f2a9c510000', one.replaceAll('-', ''))).toBe(false);
    expect(shares(one, one + two)).toBe(true);
  });

  test('in a few characters: a label may name the vendor, the date and the last four', () => {
    for (const label of ['anthropic prod 2026-11', 'the one with …Qp6o', 'sk-ant', 'key of the api team']) {
      expect(shares(label, 'sk-ant-api03-Zq9xWv8uTs7rQp6o')).toBe(false);
    }
  });
});
