import { describe, expect, test } from '@jest/globals';
import { english } from '../words/english';
import { unseenIn } from './blanks';
import { inspectCore } from './core';
import type { Finding, FindingKind } from './findings';
import { ANY_KEY } from './keyForms';
import { peelBlank, peelComment, peelEscape } from './layers/ends';
import type { Layer, Peel } from './layers/layer';
import { peelPair } from './layers/pairs';
import { peelPrefix } from './layers/prefixes';

const { pasteFinding } = english;
const finding = (kind: FindingKind, more: Partial<Finding> = {}): Finding => ({
  kind,
  place: 'within',
  at: 20,
  length: 1,
  ...more,
});

describe('what people read of characters that they can not see', () => {
  const words = (characters: string): string =>
    pasteFinding(finding('invisible', { place: 'end', unseen: unseenIn(characters) }));

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
    expect(words(char)).toBe(`one ${name} after the last character`);
    expect(words(char.repeat(3))).toBe(`three ${name}s after the last character`);
  });
});

test('where a finding is, in words', () => {
  const places = [0, 1, 2, 10, 11].map((at) => pasteFinding(finding('not-text', { at })));
  expect(places).toEqual([
    'a character that no key has at its start',
    'a character that no key has after the first one character',
    'a character that no key has after the first two characters',
    'a character that no key has after the first ten characters',
    'a character that no key has after the first 11 characters',
  ]);
});

test.each<[FindingKind, Partial<Finding>, string]>([
  ['several-keys', {}, 'a second key after the first 20 characters'],
  ['admin-key', { place: 'whole' }, 'an admin key'],
  ['encoded', { place: 'whole' }, 'a key in base64 or hexadecimal digits'],
  ['other-vendor', { at: 0, owner: 'openai' }, 'what looks like a key of openai at its start'],
  ['other-service', { place: 'whole', owner: 'GitHub' }, 'what looks like a secret of GitHub'],
  ['other-service', { place: 'whole', owner: 'JWT' }, 'what looks like a JSON Web Token'],
  ['other-service', { place: 'whole', owner: 'PEM' }, 'what looks like a private key'],
  ['not-utf8', { place: 'whole' }, 'bytes that are not text (not UTF-8)'],
  [
    'masked',
    { length: 4 },
    'four characters after the first 20 characters that stand for others, as in a masked key',
  ],
  ['placeholder', { place: 'whole' }, 'a name or a reference in place of the key'],
  ['bearer', { place: 'front' }, '`Bearer ` in front of it'],
  ['header', { place: 'front' }, 'a header name in front of it'],
  ['export', { place: 'front' }, '`export NAME=` in front of it'],
  ['powershell', { place: 'front' }, '`$env:NAME =` in front of it'],
  ['name-equals', { place: 'front' }, '`NAME=` in front of it'],
  ['name-colon', { place: 'front' }, '`NAME:` in front of it'],
  ['option', { place: 'front' }, 'an option of a command in front of it'],
  ['url', { place: 'around' }, 'a web address around it'],
  ['url', { place: 'whole' }, 'a web address'],
  ['path', { place: 'front' }, 'a path in front of it'],
  ['text', { place: 'front' }, 'other text in front of it'],
  ['code', { place: 'around' }, 'JSON or code around it'],
  ['comment', { place: 'end' }, 'a comment behind it'],
  ['brackets', { place: 'around' }, 'brackets around it'],
  [
    'escape',
    { place: 'end' },
    'a line end, a space or a mark in letters (such as `%0A`, `&nbsp;`, `\\n`) behind it',
  ],
  ['odd-character', {}, "a character after the first 20 characters that this vendor's keys do not have"],
  [
    'odd-character',
    { length: 2, place: 'end' },
    "two characters behind it that this vendor's keys do not have",
  ],
  ['odd-character', { place: 'around' }, "characters around it that this vendor's keys do not have"],
  ['quotes', { place: 'around' }, 'quotation marks around it'],
  ['lone-quote', { at: 0 }, 'a quotation mark without its counterpart at its start'],
  [
    'masked',
    { length: 3, more: 2 },
    'three characters after the first 20 characters that stand for others, as in a masked key (and two more like it)',
  ],
])('%s in words: %j', (kind, more, words) => {
  expect(pasteFinding(finding(kind, more))).toBe(words);
});

const taken = (peel: Peel, text: string): string | null => {
  const layer: Layer | null = peel(text, ANY_KEY);
  return layer === null ? null : `${layer.kind}: ${text.slice(layer.front, text.length - layer.back)}`;
};

describe('what is taken off a paste', () => {
  test('all of it, where there is nothing to see', () => {
    for (const blanks of [' \t', '\v\f\r\n', '\u200b', '\u{e0041}'])
      expect(taken(peelBlank, blanks)).toBe('white-space: ');
  });

  test('nothing of nothing, of a prefix alone, of a mark alone', () => {
    for (const peel of [peelBlank, peelComment, peelPrefix, peelEscape, peelPair]) {
      for (const text of [
        '',
        'bearer',
        'api-key:',
        'export A=',
        'KEY=',
        '"',
        '<',
        '%0A',
        '&nbsp;',
        '\\n',
        '#',
        'abc',
      ])
        expect(taken(peel, text)).toBeNull();
    }
  });

  test.each(['""', "''", '``', '“”', '‘’', '«»', '»«', '„“', '„”', '‚‘', '‹›', '””', '「」'])(
    'quotation marks that belong together: %s',
    (pair) => {
      const [open = '', close = ''] = pair;
      expect(taken(peelPair, `${open}abc${close}`)).toBe('quotes: abc');
      expect(taken(peelPair, `${open}abc`)).toBeNull();
      expect(taken(peelPair, `abc${close}`)).toBeNull();
      expect(taken(peelPair, pair)).toBe('quotes: ');
    },
  );

  test.each([
    ['<abc>', 'brackets: abc'],
    ['(abc)', 'brackets: abc'],
    ['[abc]', 'brackets: abc'],
    ['{abc}', 'code: abc'],
    ['```\nabc\n```', 'code: abc'],
    ['```sh\r\nabc\r\n```', 'code: abc'],
    ['~~~\nabc\n~~~', 'code: abc'],
  ])('what is around: %j', (text, left) => {
    expect(taken(peelPair, text)).toBe(left);
  });

  test.each([
    ['bearer   abc', 'bearer'],
    ['AUTHORIZATION: abc', 'header'],
    ['api-key  :  abc', 'header'],
    ['x-goog-api-key:abc', 'header'],
    ['export   A   =   abc', 'export'],
    ['setx A=abc', 'export'],
    ['setx A abc', 'export'],
    ['setenv A abc', 'export'],
    ['set -gx A abc', 'export'],
    ['declare -x A=abc', 'export'],
    ['ENV A=abc', 'export'],
    ['$env:A = abc', 'powershell'],
    ['${env:A}=abc', 'powershell'],
    ['$apiKey = abc', 'code'],
    ['const apiKey: string = abc', 'code'],
    ['private static final String KEY = abc', 'code'],
    ['ApiKey=abc', 'name-equals'],
    ['A1_B =  abc', 'name-equals'],
    ['- A_KEY=abc', 'name-equals'],
    ["'token' => abc", 'name-equals'],
    ["'Token' :  abc", 'name-colon'],
    ['"A":abc', 'name-colon'],
    ['apikey:abc', 'name-colon'],
    ['- key: abc', 'name-colon'],
    ['--api-key=abc', 'option'],
    ['--api-key abc', 'option'],
    ['-k abc', 'option'],
  ])('what is in front: %s', (text, kind) => {
    expect(taken(peelPrefix, text)).toBe(`${kind}: abc`);
  });

  test.each([
    'x bearer abc',
    'my api-key: abc',
    'x-y z=abc',
    'QUJD=',
    'QUJDRA==',
    '-QUJD=',
    '-QUJD==',
    'a:b',
    '$abc',
  ])('nothing that is not in front: %s', (text) => {
    expect(taken(peelPrefix, text)).toBeNull();
  });

  test.each([
    '%0A',
    '%0d%0a',
    '%20',
    '%22',
    '&nbsp;',
    '&#10;',
    '&quot;&nbsp;',
    '\\n',
    '\\r\\n',
    '\\u000a',
    '\\u200b',
    '<br>',
    '<br/>',
    '</p>',
  ])('what is spelled out at the ends: %s', (spelled) => {
    for (const text of [`abc${spelled}`, `${spelled}abc`, `${spelled}abc${spelled}`])
      expect(taken(peelEscape, text)).toBe('escape: abc');
    expect(taken(peelEscape, `a${spelled}c`)).toBeNull();
  });

  test.each(['abc # it', 'abc // it', 'abc\t#it', 'abc ;it', 'abc -- it', 'abc <!-- it -->', 'abc /* it */'])(
    'a comment: %s',
    (text) => {
      expect(taken(peelComment, text)).toBe('comment: abc');
    },
  );

  test('no comment that stands in front, or has no gap before it', () => {
    for (const text of ['# abc', 'abc#it', 'abc it # no', 'abc --it=x'])
      expect(taken(peelComment, text)).toBeNull();
  });
});

describe('what stands within', () => {
  const kindsIn = (text: string): ReadonlyArray<FindingKind> =>
    inspectCore(text, ANY_KEY, false).findings.map(({ kind }) => kind);

  test('a quotation mark leaves open what else is strange', () => {
    expect(kindsIn('ab"c\u00e9')).toEqual(['lone-quote']);
  });

  test.each([' ', '\t', '\r', '\n', '\v', '\f'])('%j is a gap', (gap) => {
    expect(kindsIn(`a${gap}b`)).toEqual(['white-space']);
  });

  test('a character that no key has is all there is to say', () => {
    expect(kindsIn('ab\u00e9?')).toEqual(['not-text']);
  });

  test('an address, code, a mark', () => {
    expect(kindsIn('https://api.example/v1')).toEqual(['url']);
    expect(kindsIn('f("abc")')).toEqual(['code']);
    expect(kindsIn('ab"c')).toEqual(['lone-quote']);
  });
});
