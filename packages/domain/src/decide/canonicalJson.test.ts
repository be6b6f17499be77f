import { expect, test } from '@jest/globals';
import { canonicalJson } from './canonicalJson';

test('equal values give equal text, whatever the order of their members', () => {
  expect(canonicalJson({ b: 1, a: [true, null, 'x"'], c: { e: undefined, d: {} } })).toBe(
    '{"a":[true,null,"x\\""],"b":1,"c":{"d":{}}}',
  );
});

test('values that differ in structure give different text', () => {
  const values = [{ a: '1' }, { a: 1 }, { a: null }, { a: [] }, { a: {} }, {}, [], ['1'], '1', 'a'];
  expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
});

test('a member of a list is never left out', () => {
  expect(canonicalJson(['a', undefined, 'b'])).toBe('["a",null,"b"]');
});
