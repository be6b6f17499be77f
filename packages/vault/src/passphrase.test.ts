import { describe, expect, jest, test } from '@jest/globals';
import argon2, { hash } from '@node-rs/argon2';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import {
  formsOf,
  isAllowedCost,
  masterKeyFromPassphrase,
  normalised,
  type Argon2Parameters,
} from './passphrase';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';

const least: Argon2Parameters = { memoryKib: 256 * 1024, passes: 3, lanes: 1, salt: Buffer.alloc(16, 5) };
const passphrase = Buffer.from('a passphrase of a test');

describe('a master key from a passphrase', () => {
  test('is the same again, and another for another salt, cost or passphrase', async () => {
    const variants: ReadonlyArray<readonly [Buffer, Argon2Parameters]> = [
      [passphrase, least],
      [passphrase, { ...least, salt: Buffer.alloc(16, 6) }],
      [passphrase, { ...least, passes: 4 }],
      [passphrase, { ...least, memoryKib: 257 * 1024 }],
      [Buffer.from('a passphrase of another test'), least],
    ];
    const keys: Array<string> = [];
    for (const [text, parameters] of variants) {
      keys.push((await succeed(masterKeyFromPassphrase(text, parameters))).toString('hex'));
    }
    expect(new Set(keys).size).toBe(variants.length);
    expect((await succeed(masterKeyFromPassphrase(passphrase, least))).toString('hex')).toBe(keys[0]);
  });

  test('is what an argon2id hash string of version 19 holds', async () => {
    const key = await succeed(masterKeyFromPassphrase(passphrase, least));
    const [, algorithm, version, cost, , digest] = (
      await hash(passphrase, { memoryCost: 256 * 1024, timeCost: 3, parallelism: 1, salt: least.salt })
    ).split('$');
    expect([algorithm, version, cost]).toEqual(['argon2id', 'v=19', 'm=262144,t=3,p=1']);
    expect(key.toString('base64').replace(/=$/, '')).toBe(digest);
  });

  test('leaves the passphrase as it was', async () => {
    const mine = Buffer.from(passphrase);
    await succeed(masterKeyFromPassphrase(mine, least));
    expect(mine.equals(passphrase)).toBe(true);
  });

  test('that can not be derived, such as for want of memory, is a fault that says how much it takes', async () => {
    const cause = new Error('out of memory');
    jest.spyOn(argon2, 'hashRaw').mockRejectedValueOnce(cause);
    const outcome = await masterKeyFromPassphrase(passphrase, least)();
    expect(outcome).toMatchObject(E.left({ code: 'unavailable', cause }));
    expect(await messageOf(TE.fromEither(outcome))).toBe(
      'the master key could not be derived (argon2id needs 256 MiB): free memory, then try again',
    );
  });

  test('an empty passphrase is none', async () => {
    expect(await faultOf(masterKeyFromPassphrase(Buffer.alloc(0), least))).toBe('master-key-missing');
  });

  test('may cost as much as 2 GiB, 16 passes, 8 lanes', () => {
    expect(isAllowedCost({ memoryKib: 2 * 1024 * 1024, passes: 16, lanes: 8 })).toBe(true);
  });

  test.each<[string, Partial<Argon2Parameters>]>([
    ['too little memory', { memoryKib: 256 * 1024 - 1 }],
    ['what OWASP allows at least', { memoryKib: 19 * 1024, passes: 2 }],
    ['too much memory', { memoryKib: 2 * 1024 * 1024 + 1 }],
    ['two passes', { passes: 2 }],
    ['too many passes', { passes: 17 }],
    ['no lane', { lanes: 0 }],
    ['too many lanes', { lanes: 9 }],
    ['part of a pass', { passes: 2.5 }],
    ['no number', { passes: Number.NaN }],
    ['a short salt', { salt: Buffer.alloc(15) }],
    ['a long salt', { salt: Buffer.alloc(17) }],
  ])('stored parameters with %s are refused', async (_, altered) => {
    expect(await faultOf(masterKeyFromPassphrase(passphrase, { ...least, ...altered }))).toBe('tampered');
  });
});

describe('I-26: the form of a passphrase that counts', () => {
  const text = 'Schlüssel für Käse';
  const nfc = Buffer.from(text.normalize('NFC'));
  const nfd = Buffer.from(text.normalize('NFD'));

  test('is NFC, without a BOM, whatever was typed', () => {
    expect(nfd.equals(nfc)).toBe(false);
    for (const typed of [nfc, nfd, Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), nfd])])
      expect(normalised(typed)).toEqual(nfc);
  });

  test('is tried first, then the bytes as given, if they differ', () => {
    expect(formsOf(nfc)).toEqual([nfc]);
    expect(formsOf(nfd)).toEqual([nfc, nfd]);
  });

  test.each([
    ['ASCII', Buffer.from('plain words, and a space ')],
    ['no UTF-8', Buffer.of(0xff, 0xfe, 0x41, 0xc3)],
  ])('of %s is what was given', (_, given) => {
    expect(formsOf(given)).toEqual([given]);
    expect(formsOf(given)[0]).not.toBe(given);
  });
});
