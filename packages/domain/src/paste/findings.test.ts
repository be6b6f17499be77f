import { describe, expect, test } from '@jest/globals';
import { characters, named } from './findings';
import { inspectCore } from './inspectCore';
import { peel } from './peel';

describe('what people read of characters that they can not see', () => {
  test.each([
    [' ', 'space'],
    ['\t', 'tab'],
    ['\n', 'line break'],
    ['\r', 'line break'],
    ['\r\n', 'line break'],
    ['\v', 'vertical tab'],
    ['\f', 'form feed'],
    ['\u00a0', 'no-break space'],
    ['\u00ad', 'soft hyphen'],
    ['\u200b', 'zero-width space'],
    ['\u200c', 'zero-width non-joiner'],
    ['\u200d', 'zero-width joiner'],
    ['\u200e', 'left-to-right mark'],
    ['\u200f', 'right-to-left mark'],
    ['\u2028', 'line separator'],
    ['\u2029', 'paragraph separator'],
    ['\u202f', 'narrow no-break space'],
    ['\u2060', 'word joiner'],
    ['\u3000', 'ideographic space'],
    ['\ufeff', 'byte order mark'],
    ['\u0001', 'invisible character U+0001'],
    ['\u{e0041}', 'invisible character U+E0041'],
  ])('%j: %s', (char, name) => {
    expect(named(char)).toBe(`one ${name}`);
    expect(named(char.repeat(3))).toBe(`three ${name}s`);
  });

  test('numbers to ten are words', () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    expect(counts.map(characters)).toEqual([
      'one character',
      'two characters',
      'three characters',
      'four characters',
      'five characters',
      'six characters',
      'seven characters',
      'eight characters',
      'nine characters',
      'ten characters',
      '11 characters',
    ]);
  });
});

describe('what is taken off a paste', () => {
  test('all of it, where there is nothing to see', () => {
    expect(peel(' \t')).toEqual({
      rest: '',
      finding: { kind: 'white-space', words: 'one space, one tab and nothing else' },
    });
    expect(peel('\v\f\r\n')).toMatchObject({ rest: '', finding: { kind: 'white-space' } });
    expect(peel('\u200b')).toMatchObject({ rest: '', finding: { kind: 'invisible-character' } });
  });

  test('nothing of nothing, of a prefix alone, of a quotation mark alone', () => {
    for (const text of ['', 'bearer', 'api-key:', 'export A=', 'KEY=', '"', 'abc'])
      expect(peel(text)).toBeNull();
  });

  test.each(['""', "''", '``', '\u201c\u201d', '\u2018\u2019', '\u00ab\u00bb'])(
    'quotation marks that belong together: %s',
    (pair) => {
      const [open = '', close = ''] = pair;
      expect(peel(`${open}abc${close}`)).toEqual({
        rest: 'abc',
        finding: { kind: 'quoted', words: 'quotation marks around it' },
      });
      expect(peel(`${open}abc`)).toBeNull();
      expect(peel(`abc${close}`)).toBeNull();
      expect(inspectCore(`a${open}c`)).toMatchObject({ cleanable: false, findings: [{ kind: 'quoted' }] });
      expect(inspectCore(`a${close}c`)).toMatchObject({ cleanable: false, findings: [{ kind: 'quoted' }] });
    },
  );

  test.each([
    ['bearer   abc', '`Bearer `'],
    ['AUTHORIZATION: abc', 'a header name'],
    ['api-key  :  abc', 'a header name'],
    ['x-goog-api-key:abc', 'a header name'],
    ['export   A   =   abc', '`export NAME=`'],
    ['setx A=abc', '`export NAME=`'],
    ['ApiKey=abc', '`NAME=`'],
    ['A1_B =  abc', '`NAME=`'],
    ["'Token' :  abc", '`NAME: `'],
  ])('what is in front: %s', (text, name) => {
    expect(peel(text)).toEqual({
      rest: 'abc',
      finding: { kind: 'prefixed', words: `${name} in front of it` },
    });
  });

  test.each(['x bearer abc', 'my api-key: abc', 'an export A=abc', 'x-y z=abc', 'QUJD=', 'QUJDRA=='])(
    'nothing that is not in front: %s',
    (text) => {
      expect(peel(text)).toBeNull();
    },
  );

  test('nothing more than a pair of quotation marks', () => {
    expect(peel('""')).toMatchObject({ rest: '', finding: { kind: 'quoted' } });
  });
});

describe('what stands within', () => {
  test('a quotation mark leaves open what else is strange', () => {
    expect(inspectCore('ab"c\u00e9').findings.map(({ kind }) => kind)).toEqual(['quoted']);
  });

  test.each([' ', '\t', '\r', '\n', '\v', '\f'])('%j is a gap', (gap) => {
    expect(inspectCore(`a${gap}b`).findings.map(({ kind }) => kind)).toEqual(['white-space']);
  });

  test('a character that no key has is all there is to say', () => {
    expect(inspectCore('ab\u00e9').findings.map(({ kind }) => kind)).toEqual(['not-text']);
  });
});
