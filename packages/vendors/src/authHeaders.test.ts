import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { knownVendors } from './knownVendors';

const { authHeaders } = knownVendors();

describe('the headers that carry a key', () => {
  // `$&` is a pattern to String.replace: a key that has it goes out as it is.
  const text = `${randomBytes(12).toString('hex')}$&$1`;

  test.each([
    ['anthropic', { 'x-api-key': text }],
    ['openai', { authorization: `Bearer ${text}` }],
  ])('are those of %s, and no others', (vendor, headers) => {
    expect(authHeaders(vendor, Buffer.from(text))).toEqual(headers);
  });

  test('are not guessed for a vendor without a table', () => {
    expect(authHeaders('nobody', Buffer.from(text))).toBeNull();
  });
});
