import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NOT_OUR_JSON, parseOurJson } from './json';

describe('a JSON text of our own', () => {
  test('of any value is read, whatever backslashes it has', () => {
    const text = fc.string({ unit: fc.constantFrom('\\', 'u', 'd', '8', 'a', '"', 'é', '🗝') });
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (label) => {
        expect(parseOurJson(JSON.stringify({ label }))).toEqual({ label });
      }),
    );
  });

  test.each(['C:\\udata', 'team\\udev', '\\\\ud8', '\\ud83d'])('a label %j is a label', (label) => {
    expect(parseOurJson(JSON.stringify({ label }))).toEqual({ label });
  });

  test.each(['\ud83d', 'a\udc00', '\\\ud83d', '\ud83d\ud83d'])(
    'half a surrogate pair is refused: %j',
    (label) => {
      expect(parseOurJson(JSON.stringify({ label }))).toBe(NOT_OUR_JSON);
    },
  );
});
