import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { checkPaste, cleanPaste } from './checkPaste';

const key = `sk-test-${randomBytes(24).toString('hex')}`;

/** A refusal's code and facts, with each finding in words. */
const verdict = (paste: string) => {
  const checked = checkPaste(paste);
  if (E.isRight(checked)) return 'taken';
  const { code, facts } = checked.left;
  return { code, ...facts, findings: 'findings' in facts ? facts.findings.map(({ words }) => words) : [] };
};
const cleaned = (paste: string) => {
  const result = cleanPaste(paste);
  return E.isLeft(result) ? result.left.code : result.right === key ? 'the key' : 'something else';
};

test('a key alone is taken as it is', () => {
  expect(checkPaste(key)).toEqual(E.right(key));
  expect(cleanPaste(key)).toEqual(E.right(key));
  expect(verdict(`${key}==`)).toBe('taken');
});

describe('what is around a key is named with its place, and can be cleaned', () => {
  test.each<[string, string, ReadonlyArray<string>]>([
    [`${key} `, 'paste-white-space', ['one space after the last character']],
    [`  ${key}`, 'paste-white-space', ['two spaces before the first character']],
    [
      `\t${key}\r\n`,
      'paste-white-space',
      ['one tab before the first character', 'one line break after the last character'],
    ],
    [`${key} \n\n`, 'paste-white-space', ['one space, two line breaks after the last character']],
    [`\ufeff${key}`, 'paste-invisible-character', ['one byte order mark before the first character']],
    [`${key}\u200b`, 'paste-invisible-character', ['one zero-width space after the last character']],
    [`${key}\u00a0`, 'paste-invisible-character', ['one no-break space after the last character']],
    [
      `${key}\u202e`,
      'paste-invisible-character',
      ['one invisible character U+202E after the last character'],
    ],
    [
      `${key.slice(0, 7)}\u00ad${key.slice(7)}`,
      'paste-invisible-character',
      ['one soft hyphen after the first seven characters'],
    ],
    [`"${key}"`, 'paste-quoted', ['quotation marks around it']],
    [`\u201c${key}\u201d`, 'paste-quoted', ['quotation marks around it']],
    [`Bearer ${key}`, 'paste-prefixed', ['`Bearer ` in front of it']],
    [
      `Authorization: Bearer ${key}`,
      'paste-prefixed',
      ['a header name in front of it', '`Bearer ` in front of it'],
    ],
    [`x-api-key: ${key}`, 'paste-prefixed', ['a header name in front of it']],
    [`OPENAI_API_KEY=${key}`, 'paste-prefixed', ['`NAME=` in front of it']],
    [`openai_key = ${key}`, 'paste-prefixed', ['`NAME=` in front of it']],
    [
      `export OPENAI_API_KEY="${key}"\n`,
      'paste-prefixed',
      [
        'one line break after the last character',
        '`export NAME=` in front of it',
        'quotation marks around it',
      ],
    ],
    [`apiKey: ${key}`, 'paste-prefixed', ['`NAME:` in front of it']],
  ])('%j', (paste, code, findings) => {
    expect(verdict(paste)).toMatchObject({ code, findings, cleanable: true });
    expect(cleaned(paste)).toBe('the key');
  });
});

describe('what nobody can tell from the key is refused, cleaning asked for or not', () => {
  test.each<[string, string, string]>([
    ['a space within', `${key.slice(0, 9)} ${key.slice(9)}`, 'paste-white-space'],
    ['two keys on two lines', `${key}\n${key}`, 'paste-several-keys'],
    ['a no-break space within', `${key.slice(0, 9)}\u00a0${key.slice(9)}`, 'paste-invisible-character'],
    ['a zero byte within', `${key.slice(0, 9)}\0${key.slice(9)}`, 'paste-invisible-character'],
    ['one quotation mark', `"${key}`, 'paste-quoted'],
    ['a masked key', `${key.slice(0, 9)}\u2026${key.slice(-4)}`, 'paste-not-text'],
    ['a letter that no key has', `${key}\u00e9`, 'paste-not-text'],
    ['what was no text', `${key.slice(0, 20)}\ufffd\ufffd`, 'paste-not-text'],
  ])('%s', (_, paste, code) => {
    expect(verdict(paste)).toMatchObject({ code, cleanable: false });
    expect(cleaned(paste)).toBe(code);
  });

  test.each([
    ['nothing', '', 'paste-empty'],
    ['gaps alone', ' \n\u200b', 'paste-empty'],
    ['a quotation mark alone', '"', 'paste-quoted'],
    ['15 bytes', 'a'.repeat(15), 'paste-too-short'],
    ['4,097 bytes', 'a'.repeat(4_097), 'paste-too-long'],
    ['10 MB', 'a'.repeat(10_000_000), 'paste-too-long'],
    ['10 MB of gaps', ' '.repeat(10_000_000), 'paste-too-long'],
    ['8 KB with gaps within', `a${' '.repeat(8_000)}a`, 'paste-white-space'],
  ])('%s', (_, paste, code) => {
    expect(verdict(paste)).toMatchObject({ code });
    expect(cleaned(paste)).toBe(code);
  });

  test('lengths at the limits are taken', () => {
    expect(verdict('a'.repeat(16))).toBe('taken');
    expect(verdict('a'.repeat(4_096))).toBe('taken');
  });
});

/** In place of the key's own characters, which no finding repeats. */
const plain = 'abcdefghijklmnopqrst';
describe('what a finding says', () => {
  test.each<[string, string, ReadonlyArray<string>]>([
    ['a foreign character first', `\u2026${plain}`, ['a character that no key has at its start']],
    [
      'a foreign character second',
      `a\u2026${plain}`,
      ['a character that no key has after the first one character'],
    ],
    [
      'a foreign character later',
      `${plain}\u00e9`,
      ['a character that no key has after the first 20 characters'],
    ],
    [
      'an invisible one without a name',
      `${plain}\u0007`,
      ['one invisible character U+0007 after the last character'],
    ],
    ['more than ten of one thing', `${' '.repeat(11)}${plain}`, ['11 spaces before the first character']],
    ['things that take turns', `${plain} \t\t `, ['one space, two tabs, one space after the last character']],
    [
      'gaps within: the first three, and how many more',
      'a b c d e f',
      [
        'one space after the first one character',
        'one space after the first three characters',
        'one space after the first five characters (and two more like it)',
      ],
    ],
    [
      'a quotation mark and a foreign character',
      `"${plain}\u00e9`,
      ['a quotation mark without its counterpart at its start'],
    ],
    ['the same twice', `""${plain}""`, ['quotation marks around it', 'quotation marks around it']],
  ])('%s', (_, paste, findings) => {
    expect(verdict(paste)).toMatchObject({ findings });
  });

  test.each([
    ['too few', 'a'.repeat(15), { bytes: 15, minBytes: 16 }],
    ['too many', 'a'.repeat(4_097), { bytes: 4_097, maxBytes: 4_096 }],
    ['as many as are looked at', 'a'.repeat(8_192), { bytes: 8_192, maxBytes: 4_096 }],
    ['more than are looked at', 'a'.repeat(8_193), { bytes: null, maxBytes: 4_096 }],
  ])('bytes, %s', (_, paste, facts) => {
    expect(verdict(paste)).toMatchObject(facts);
  });
});

describe('what is around a paste', () => {
  const layers = (n: number) => `${'"'.repeat(n)}${key}${'"'.repeat(n)}`;

  test('is taken off in eight layers, and no more', () => {
    expect(cleaned(layers(8))).toBe('the key');
    expect(cleaned(layers(9))).toBe('paste-quoted');
    expect(verdict(layers(9))).toMatchObject({ cleanable: false });
  });

  test('may come to light behind what is taken out within', () => {
    // Without the zero-width space this is a prefix and a key.
    const paste = `Bear\u200ber=${key}`;
    expect(verdict(paste)).toMatchObject({ code: 'paste-invisible-character', cleanable: false });
    expect(cleaned(paste)).toBe('paste-invisible-character');
  });

  test.each([
    ['quotation marks and nothing in them', '""'],
    ['a prefix and nothing after it', 'Bearer '],
    ['a setting without a value', 'API_KEY='],
    ['a gap in quotation marks', '" "'],
  ])('%s is no key', (_, paste) => {
    expect(E.isLeft(checkPaste(paste)) && E.isLeft(cleanPaste(paste))).toBe(true);
    expect(cleaned(paste)).toMatch(/^paste-(empty|too-short)$/);
  });
});
