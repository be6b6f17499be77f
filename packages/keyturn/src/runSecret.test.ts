import { describe, expect, test } from '@jest/globals';
import { Secret } from '@keyturn/vault';
import { knownVendors } from '@keyturn/vendors';
import { isRight } from 'fp-ts/Either';
import { randomBytes } from 'node:crypto';
import { runSecretOf } from './runSecret';

const made = (vendor: string) => {
  const text = randomBytes(24).toString('hex');
  const secret = Secret.from(text);
  if (!isRight(secret)) throw new Error('no secret');
  return { text, secret: runSecretOf(secret.right, vendor, knownVendors()) };
};

/** What Node cuts small buffers from. */
const pool = (): Buffer => Buffer.from(Buffer.from('any').buffer);

describe('the secret of a run', () => {
  test('leaves no copy in the memory that small buffers share', () => {
    const { text, secret } = made('openai');
    const before = pool();
    expect(secret.reveal()).toBe(text);
    expect(secret.authHeaders()).toEqual({ authorization: `Bearer ${text}` });
    expect([before, pool()].some((bytes) => bytes.includes(text))).toBe(false);
  });

  test('is read no more once it is wiped', () => {
    const { secret } = made('openai');
    secret.wipe();
    const wiped = expect.objectContaining({ kind: 'fault', code: 'secret-wiped' });
    expect(() => secret.reveal()).toThrow(wiped);
    expect(() => secret.authHeaders()).toThrow(wiped);
    expect(() => secret.use((bytes) => bytes.length)).toThrow(wiped);
  });

  test('of a vendor without a table has no headers, and can be revealed', () => {
    const { text, secret } = made('nobody');
    expect(() => secret.authHeaders()).toThrow(expect.objectContaining({ code: 'no-vendor-table' }));
    expect(secret.reveal()).toBe(text);
  });
});
