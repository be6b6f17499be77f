import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { box, unbox } from './box';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
const messages = fc.uint8Array({ maxLength: 300 });
// The unit 'binary' takes most of a second to be made.
const characters = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
const texts = fc
  .string({ unit: characters, maxLength: 12 })
  .filter((s) => Buffer.from(s, 'utf8').toString('utf8') === s);
const contexts = fc.record({ purpose: texts, aad: fc.array(texts, { maxLength: 4 }) });

const opens = (...args: Parameters<typeof unbox>): boolean => unbox(...args) !== null;

describe('box', () => {
  test('what was sealed opens as itself', () => {
    fc.assert(
      fc.property(keys, contexts, messages, (key, context, message) => {
        expect(unbox(key, context, box(key, context, message))?.equals(message)).toBe(true);
      }),
    );
  });

  test('nothing opens under another key, purpose or associated data', () => {
    fc.assert(
      fc.property(keys, contexts, keys, contexts, messages, (key, context, otherKey, other, message) => {
        const sealed = box(key, context, message);
        fc.pre(!Buffer.from(key).equals(otherKey));
        expect(opens(otherKey, context, sealed)).toBe(false);
        fc.pre(JSON.stringify(context) !== JSON.stringify(other));
        expect(opens(key, other, sealed)).toBe(false);
      }),
      {
        examples: [
          [
            new Uint8Array(32),
            { purpose: 'p', aad: ['ab', 'c'] },
            new Uint8Array(32).fill(1),
            { purpose: 'p', aad: ['a', 'bc'] },
            new Uint8Array(1),
          ],
          [
            new Uint8Array(32),
            { purpose: 'p', aad: ['a'] },
            new Uint8Array(32).fill(1),
            { purpose: 'pa', aad: [] },
            new Uint8Array(1),
          ],
          [
            new Uint8Array(32),
            { purpose: 'p', aad: [''] },
            new Uint8Array(32).fill(1),
            { purpose: 'p', aad: [] },
            new Uint8Array(1),
          ],
        ],
      },
    );
  });

  test('every change of a single bit is found', () => {
    const [key, context] = [randomBytes(32), { purpose: 'test', aad: ['acme'] }];
    const sealed = box(key, context, randomBytes(40));
    const accepted = Array.from({ length: sealed.length * 8 }, (_, bit) => bit).filter((bit) => {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return opens(key, context, altered);
    });
    expect(accepted).toEqual([]);
  });

  test('nothing cut short or made longer opens', () => {
    const [key, context] = [randomBytes(32), { purpose: 'test', aad: [] }];
    const sealed = box(key, context, randomBytes(40));
    const accepted = Array.from({ length: sealed.length }, (_, length) => length).filter((length) =>
      opens(key, context, sealed.subarray(0, length)),
    );
    expect(accepted).toEqual([]);
    expect(opens(key, context, Buffer.concat([sealed, Buffer.alloc(1)]))).toBe(false);
  });

  test('the same message is sealed differently each time', () => {
    const [key, context, message] = [randomBytes(32), { purpose: 'test', aad: [] }, randomBytes(40)];
    expect(box(key, context, message).equals(box(key, context, message))).toBe(false);
  });
});
