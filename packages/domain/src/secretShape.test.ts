import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { looksLikeSecret, looksLikeVendorKey, quotable } from './secretShape';

const random = (alphabet: string, length: number): string =>
  [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const BASE62 = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;

describe('what looks like a secret', () => {
  test.each([
    ['sk-ant-api03-', 95],
    ['sk-proj-', 60],
    ['sk-', 48],
    ['sk-or-v1-', 64],
    ['gsk_', 52],
    ['xai-', 80],
    ['AIza', 35],
    ['AQ.', 40],
    ['ABSK', 120],
    ['bedrock-api-key-', 60],
  ])('a key that begins with %s, alone or in a sentence', (prefix, length) => {
    const pasted = `${prefix}${random(BASE62, length)}`;
    expect(looksLikeVendorKey(pasted)).toBe(true);
    expect(looksLikeSecret(`my key "${pasted}"`)).toBe(true);
    expect(quotable(pasted)).not.toContain(pasted.slice(0, 8));
  });

  test('a long random token', () => {
    expect(looksLikeSecret(random('0123456789abcdef', 32).replace(/^../, 'a1'))).toBe(true);
    const caught = Array.from({ length: 200 }, () => random(BASE62, 40)).filter(looksLikeSecret);
    expect(caught.length).toBeGreaterThan(190);
  });

  test.each([
    'prod',
    'Production key of the payments team, 2026',
    'AlphaBetaGammaProductionKeyTwo2026',
    'SEC-2026-000123',
    'JIRA-1234_leak-of-2026-11-23',
    'task-abcdefghijklmnopqrstuvwxyz',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'https://my-resource.openai.azure.com',
  ])('not %s', (text) => {
    expect(looksLikeSecret(text)).toBe(false);
    expect(looksLikeVendorKey(text)).toBe(false);
  });

  test('no UUID', () => {
    const uuid = randomUUID();
    expect([uuid, uuid.toUpperCase(), `key_${uuid}`].some(looksLikeSecret)).toBe(false);
    expect(quotable(uuid)).toBe(uuid);
  });

  test.each([
    ['changes of kind at 9 of 20 steps', 'a1A1a1A1aAAAAAAAAAAAA', true],
    ['at 8 of 20 steps', 'a1A1a1A1AAAAAAAAAAAAA', false],
    ['at 8 of 20 steps, the first not among them', 'aa1A1a1A1AAAAAAAAAAAA', false],
    ['no capital among many changes', 'a1b2c3d4e5f6g7h8i9j0k', false],
    ['no small letter among many changes', 'A1B2C3D4E5F6G7H8I9J0K', false],
    ['no digit among many changes', 'aBcDeFgHiJkLmNoPqRsTu', false],
    ['19 characters', 'a1A1a1A1a1A1a1A1a1A', false],
    ['20 characters', 'a1A1a1A1a1A1a1A1a1A1', true],
    ['32 hex digits, letters among them', '0123456789abcdef0123456789abcdef', true],
    ['32 hex digits, letters first', 'abcdef0123456789abcdef0123456789', true],
    ['31 of them', '0123456789abcdef0123456789abcde', false],
    ['digits alone', '0123456789'.repeat(4), false],
    ['hex letters alone', 'abcdef'.repeat(6), false],
    ['a hex token with another letter behind it', `${'a1'.repeat(16)}z`, false],
    ['a hex token with another letter before it', `z${'a1'.repeat(16)}`, false],
    ['a dash between two short halves', 'a1A1a1A1a1-A1a1A1a1A1', false],
  ])('%s', (_, text, expected) => {
    expect(looksLikeSecret(text)).toBe(expected);
    expect(looksLikeSecret(`see ${text}, please`)).toBe(expected);
  });

  test('a UUID between two texts does not make one of them', () => {
    expect(looksLikeSecret(`a1A1a1A1a1${randomUUID()}a1A1a1A1a1`)).toBe(false);
    expect(looksLikeSecret(`a1A1a1A1a1A1A${randomUUID()}`)).toBe(false);
  });

  test.each([
    ['sk-', 20, '_-'],
    ['gsk_', 20, ''],
    ['xai-', 20, ''],
    ['AIza', 30, '_-'],
    ['AQ.', 16, '_-'],
    ['ABSK', 20, '+/='],
    ['bedrock-api-key-', 16, '+/=_-'],
  ])(
    '%s and %i of its characters make a key, one fewer or another one in between do not',
    (prefix, most, more) => {
      const characters = `${BASE62}${more}`;
      const taken = Array.from(characters).map((character) => character.repeat(most));
      expect(taken.filter((rest) => !looksLikeVendorKey(`key:${prefix}${rest}`))).toEqual([]);
      expect(taken.filter((rest) => !looksLikeVendorKey(`${prefix}${rest}`))).toEqual([]);
      const short = `${prefix}${'x'.repeat(most - 1)}`;
      const others = Array.from(' .!#*\\ä+/=_-').filter((character) => !characters.includes(character));
      expect(
        [short, ...others.map((character) => `${short}${character}xxxxx`)].filter(looksLikeVendorKey),
      ).toEqual([]);
      expect(looksLikeVendorKey(`a${short}x`)).toBe(false);
    },
  );

  test('any text gives an answer', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 100 }),
        (text) => typeof looksLikeSecret(text) === 'boolean',
      ),
    );
  });
});

test('what is repeated in a message is one short word, and no secret', () => {
  const unsaid = '(a text that is not repeated here)';
  for (const text of ['a', 'o1:b@c.d-e_f', 'a'.repeat(64)]) expect(quotable(text)).toBe(text);
  for (const text of ['', ' a', 'a ', 'a b', 'ä', 'a'.repeat(65), 'a1'.repeat(16)]) {
    expect(quotable(text)).toBe(unsaid);
  }
});
