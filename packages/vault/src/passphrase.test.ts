import { describe, expect, jest, test } from '@jest/globals';
import argon2, { hash } from '@node-rs/argon2';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { isAllowedCost, masterKeyFromPassphrase, type Argon2Parameters } from './passphrase';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';

const least: Argon2Parameters = { memoryKib: 19 * 1024, passes: 2, lanes: 1, salt: Buffer.alloc(16, 5) };
const passphrase = Buffer.from('a passphrase of a test');

describe('a master key from a passphrase', () => {
  test('is the same again, and another for another salt, cost or passphrase', async () => {
    const variants: ReadonlyArray<readonly [Buffer, Argon2Parameters]> = [
      [passphrase, least],
      [passphrase, { ...least, salt: Buffer.alloc(16, 6) }],
      [passphrase, { ...least, passes: 3 }],
      [passphrase, { ...least, memoryKib: 20 * 1024 }],
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
      await hash(passphrase, { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, salt: least.salt })
    ).split('$');
    expect([algorithm, version, cost]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1']);
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
      'the master key could not be derived (argon2id needs 19 MiB): free memory, then try again',
    );
  });

  test('an empty passphrase is none', async () => {
    expect(await faultOf(masterKeyFromPassphrase(Buffer.alloc(0), least))).toBe('master-key-missing');
  });

  test('may cost as much as 2 GiB, 16 passes, 8 lanes', () => {
    expect(isAllowedCost({ memoryKib: 2 * 1024 * 1024, passes: 16, lanes: 8 })).toBe(true);
  });

  test.each<[string, Partial<Argon2Parameters>]>([
    ['too little memory', { memoryKib: 19 * 1024 - 1 }],
    ['too much memory', { memoryKib: 2 * 1024 * 1024 + 1 }],
    ['one pass', { passes: 1 }],
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
