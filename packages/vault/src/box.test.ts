import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { box, boxWithNonce, isBoxOf, unbox } from './box';
import { fingerprintOf } from './fingerprint';
import { deriveKey, keyIdOf } from './mac';

const Vectors = t.type({
  boxes: t.array(
    t.type({
      name: t.string,
      key: t.string,
      nonce: t.string,
      purpose: t.string,
      aad: t.array(t.string),
      message: t.string,
      box: t.string,
    }),
  ),
  fingerprints: t.array(
    t.type({ pepper: t.string, workspace: t.string, secret: t.string, fingerprint: t.string }),
  ),
  derivedKeys: t.array(t.type({ key: t.string, keyId: t.string, purpose: t.string, derived: t.string })),
});

const vectors = E.getOrElseW(() => {
  throw new Error('vectors/box.json is not of its shape');
})(Vectors.decode(JSON.parse(readFileSync(join(__dirname, '../vectors/box.json'), 'utf8'))));

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('the published vectors, made by a second implementation', () => {
  test.each(vectors.boxes)('box: $name', ({ key, nonce, purpose, aad, message, box }) => {
    const sealed = boxWithNonce(hex(key), hex(nonce), { purpose, aad }, hex(message));
    expect(sealed.toString('hex')).toBe(box);
    expect(unbox(hex(key), { purpose, aad }, hex(box))?.toString('hex')).toBe(message);
  });

  test.each(vectors.fingerprints)(
    'fingerprint in $workspace',
    ({ pepper, workspace, secret, fingerprint }) => {
      expect(fingerprintOf(hex(pepper), workspace, Buffer.from(secret))).toBe(fingerprint);
    },
  );

  test.each(vectors.derivedKeys)('key for $purpose', ({ key, keyId, purpose, derived }) => {
    expect(deriveKey(hex(key), purpose).toString('hex')).toBe(derived);
    expect(keyIdOf(hex(key)).toString('hex')).toBe(keyId);
  });
});

test('text that is not well-formed can not be bound', () => {
  expect(() =>
    boxWithNonce(Buffer.alloc(32), Buffer.alloc(24), { purpose: 'test', aad: ['\ud800'] }, hex('')),
  ).toThrow(RangeError);
});

test('a box names its key, and is never shorter than an empty one', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const empty = box(key, { purpose: 'test', aad: [] }, Buffer.alloc(0));
  expect(empty).toHaveLength(82);
  expect(isBoxOf(key, empty)).toBe(true);
  expect(isBoxOf(other, empty)).toBe(false);
  expect(isBoxOf(key, empty.subarray(0, -1))).toBe(false);
  expect(unbox(key, { purpose: 'test', aad: [] }, empty)).toEqual(Buffer.alloc(0));
  expect(unbox(key, { purpose: 'test', aad: [] }, empty.subarray(0, -1))).toBeNull();
});
