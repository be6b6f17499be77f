import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { sharesSecret } from './secretInText';

/** Visible ASCII without what stands between the parts of an id: that tells nothing. */
const printable = fc.string({
  unit: fc.constantFrom(
    ...Array.from({ length: 94 }, (_, at) => String.fromCharCode(0x21 + at)).filter(
      (character) => !'-_.:'.includes(character),
    ),
  ),
  minLength: 24,
  maxLength: 60,
});

const holds = (secret: string, text: string): boolean => {
  const made = Secret.from(secret);
  if (E.isLeft(made)) throw new Error(made.left.message);
  return sharesSecret(made.right, text);
};

const urlEncoded = (text: string) => Buffer.from(text, 'latin1').toString('hex').replace(/../g, '%$&');

const encodings: ReadonlyArray<readonly [string, (part: string) => string]> = [
  ['as it is', (part) => part],
  ['in capitals', (part) => part.toUpperCase()],
  ['in base64', (part) => Buffer.from(part, 'latin1').toString('base64')],
  ['in base64url', (part) => Buffer.from(part, 'latin1').toString('base64url')],
  ['in hexadecimal', (part) => Buffer.from(part, 'latin1').toString('hex')],
  ['in capital hexadecimal', (part) => Buffer.from(part, 'latin1').toString('hex').toUpperCase()],
  ['in URL encoding, every character', urlEncoded],
  ['in URL encoding, as browsers do', encodeURIComponent],
];

describe('a part of a secret in a text', () => {
  test.each(encodings)('%s is found, wherever it stands', (_, encode) => {
    fc.assert(
      fc.property(printable, fc.nat(15), fc.stringMatching(/^[a-z ]{0,9}$/), (secret, from, around) => {
        // Base64 of a part gives away its last byte only together with what follows.
        const part = secret.slice(from, from + 9);
        return holds(secret, `${around}${encode(part)}${around}`);
      }),
    );
  });

  test('a few characters are none: a label may name the vendor or the date', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-F]{24,40}$/), fc.stringMatching(/^[A-F]{1,7}$/), (secret, text) =>
        expect(holds(secret, text)).toBe(false),
      ),
    );
    expect(holds('sk-ant-api03-Zq9xWv8uTs7rQp6o', 'anthropic prod 2026-11')).toBe(false);
  });

  test('a text that only looks encoded is no trouble', () => {
    expect(holds('Zq9xWv8uTs7rQp6oZq9xWv8u', '100 % sure %zz %4')).toBe(false);
  });
});

test('no copy is left in the memory that small buffers share', () => {
  const slabs = new Set([Buffer.from('any').buffer]);
  const secret = randomBytes(30).toString('base64url');
  expect(holds(secret, 'prod-1')).toBe(false);
  slabs.add(Buffer.from('any').buffer);
  for (const slab of slabs) {
    const shared = Buffer.from(slab).toString('latin1').toLowerCase();
    expect(shared.includes(secret.toLowerCase())).toBe(false);
  }
});
