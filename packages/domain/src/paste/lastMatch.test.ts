import { describe, expect, test } from '@jest/globals';
import { looksLikeSecret, looksLikeVendorKey, quotable } from '../secretShape';
import { checkPaste, cleanPaste } from './checkPaste';

/** All that V8 tells of the last match. */
const lastMatch = (): string =>
  ['input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', '$1', '$2']
    .map((name) => String(Reflect.get(RegExp, name)))
    .join('');

const KEY = `sk-ant-api03-${'Zq9xWv8uTs7rQp6o'.repeat(4)}`;

describe("I-42: V8's last match has nothing of a paste", () => {
  test.each([
    KEY,
    ` ${KEY}\n`,
    `"${KEY}"`,
    `Bearer ${KEY}`,
    `export A_KEY=${KEY}`,
    `key: '${KEY}'`,
    `${KEY.slice(0, 20)} ${KEY.slice(20)}`,
    `${KEY.slice(0, 20)}\u200b${KEY.slice(20)}`,
    `${KEY.slice(0, 20)}\u00e9`,
    `${KEY.slice(0, 20)}"`,
    `<${KEY}>`,
    `${KEY}%0A`,
    `${KEY},`,
    `${KEY} # it`,
    `{"key":"${KEY}"}`,
    `https://example.org/?key=${KEY}`,
    `${KEY.slice(0, 20)}...${KEY.slice(-4)}`,
    `${KEY}${KEY}`,
  ])('after %j was checked', (paste) => {
    checkPaste(paste);
    expect(lastMatch()).toBe('');
    cleanPaste(paste);
    expect(lastMatch()).toBe('');
  });

  test('nor of a text that was looked at for a key', () => {
    for (const look of [looksLikeSecret, looksLikeVendorKey]) {
      look(KEY);
      expect(lastMatch()).toBe('');
      look('AbCdEf0123456789AbCdEf0123456789');
      expect(lastMatch()).toBe('');
    }
    quotable(KEY.slice(0, 50));
    expect(lastMatch()).toBe('');
  });
});
