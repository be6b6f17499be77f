import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countParameters } from './parameters';

test.each([
  ['SELECT 1', 0],
  ['SELECT ?', 1],
  ['SELECT ?, ? FROM t WHERE a = ?;', 3],
  ["SELECT '?', ? -- ?\n, ? /* ? ; */", 2],
  [`SELECT "?", [?], \`?\`, 'it''s ?', ?`, 1],
  ['SELECT ? ; -- the end; ?\n /* ; */ ;', 1],
  ["SELECT a->'$.b', ?", 1],
])('%s takes %i', (sql, count) => {
  expect(countParameters(sql)).toBe(count);
});

test.each(['SELECT 1; SELECT 2', 'SELECT ?1', 'SELECT :a', 'SELECT @a', 'SELECT $a'])(
  '%s is refused',
  (sql) => {
    expect(() => countParameters(sql)).toThrow(RangeError);
  },
);

test('whatever is quoted or a comment between them, the parameters are counted', () => {
  const inText = fc.string({ unit: fc.constantFrom('a', '?', ';', ' ', ':b') });
  const piece = fc.oneof(
    inText.map((text) => [`'${text}'`, 0] as const),
    inText.map((text) => [`"${text}"`, 0] as const),
    inText.map((text) => [`/*${text}*/`, 0] as const),
    inText.map((text) => [`--${text}\n`, 0] as const),
    fc.constant(['?', 1] as const),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const sql = pieces.map(([text]) => text).join(' , ');
      expect(countParameters(sql)).toBe(pieces.reduce((sum, [, count]) => sum + count, 0));
    }),
  );
});
