import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { checkPaste, cleanPaste } from './checkPaste';

const key = `sk-test-${randomBytes(24).toString('hex')}`;

const verdict = (paste: string) => {
  const checked = checkPaste(paste);
  return E.isLeft(checked) ? { code: checked.left.code, ...checked.left.facts } : 'taken';
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
    [`apiKey: ${key}`, 'paste-prefixed', ['`NAME: ` in front of it']],
  ])('%j', (paste, code, findings) => {
    expect(verdict(paste)).toMatchObject({ code, findings, cleanable: true });
    expect(cleaned(paste)).toBe('the key');
  });
});

describe('what nobody can tell from the key is refused, cleaning asked for or not', () => {
  test.each<[string, string, string]>([
    ['a space within', `${key.slice(0, 9)} ${key.slice(9)}`, 'paste-white-space'],
    ['two keys on two lines', `${key}\n${key}`, 'paste-white-space'],
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
