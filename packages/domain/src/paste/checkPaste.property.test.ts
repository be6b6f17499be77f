import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { checkPaste, cleanPaste } from './checkPaste';

const KEY_CHARACTERS = Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789');
const keyLike = fc.string({ unit: fc.constantFrom(...KEY_CHARACTERS), minLength: 16, maxLength: 80 });
const dirt = fc.constantFrom(
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u200b',
  '\ufeff',
  '\u00a0',
  '"',
  "'",
  '`',
  '\u2026',
  '\u00e9',
  '\0',
  '\u202e',
  'Bearer ',
  'export A=',
  'A_KEY=',
  'token: ',
  '',
  '',
);

const pasted = fc
  .tuple(keyLike, fc.array(fc.tuple(dirt, fc.nat(100)), { maxLength: 5 }))
  .map(([key, pieces]) => ({
    key,
    paste: pieces.reduce((text, [piece, at]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + piece + text.slice(place);
    }, key),
  }));

test('any text gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (paste) => {
      expect(['Left', 'Right']).toContain(checkPaste(paste)._tag);
      expect(['Left', 'Right']).toContain(cleanPaste(paste)._tag);
    }),
    { numRuns: 200 },
  );
});

test('what is taken as it is has nothing to clean, and cleaning gives something that is taken as it is', () => {
  fc.assert(
    fc.property(pasted, ({ paste }) => {
      const checked = checkPaste(paste);
      const cleaned = cleanPaste(paste);
      if (E.isRight(checked)) expect(checked).toEqual(E.right(paste));
      if (E.isRight(checked)) expect(cleaned).toEqual(checked);
      if (E.isRight(cleaned)) expect(checkPaste(cleaned.right)).toEqual(cleaned);
    }),
    { numRuns: 200 },
  );
});

test('cleaning never makes up or loses a character of the key', () => {
  fc.assert(
    fc.property(pasted, ({ key, paste }) => {
      const cleaned = cleanPaste(paste);
      if (E.isRight(cleaned) && !/[=:]/.test(paste)) {
        expect(cleaned.right.replace(/^Bearer/, '').includes(key) || cleaned.right === key).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('invariant 11: a refusal never repeats five characters of the paste', () => {
  fc.assert(
    fc.property(pasted, ({ key, paste }) => {
      for (const result of [checkPaste(paste), cleanPaste(paste)]) {
        if (E.isRight(result)) continue;
        const said = JSON.stringify(result.left);
        for (let i = 0; i + 5 <= key.length; i++) expect(said).not.toContain(key.slice(i, i + 5));
      }
    }),
    { numRuns: 200 },
  );
});

test('invariant 11: a refusal is the same for another key in the same paste', () => {
  const other = (text: string) => text.replace(/[A-Z]/g, (c) => (c === 'Z' ? 'Q' : 'Z'));
  fc.assert(
    fc.property(keyLike, fc.constantFrom(' ', '\n', '\u200b', '\u2026'), fc.nat(100), (key, piece, at) => {
      const place = at % (key.length + 1);
      const around = (text: string) => text.slice(0, place) + piece + text.slice(place);
      expect(checkPaste(around(other(key)))).toEqual(checkPaste(around(key)));
    }),
  );
});
