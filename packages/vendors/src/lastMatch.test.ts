import { describe, expect, test } from '@jest/globals';
import { judge } from './judge';
import { knownVendors } from './knownVendors';
import { table as anthropic } from './vendors/anthropic/table';
import { SANDBOX_VENDORS } from './vendors/sandboxes';

const { formatWarning, keyForms } = knownVendors();

/** All that V8 tells of the last match. */
const lastMatch = (): string =>
  ['input', 'lastMatch', 'lastParen', 'leftContext', 'rightContext', '$1', '$2']
    .map((name) => String(Reflect.get(RegExp, name)))
    .join('');

describe("I-42: V8's last match has nothing of a key", () => {
  test.each(SANDBOX_VENDORS.map((vendor) => [vendor.vendor, vendor] as const))(
    'after a key was looked at, of %s',
    (name, vendor) => {
      const key = vendor.newKey();
      for (const text of [key, `${key}!`, `${key} ${key}`, Buffer.from(key).toString('base64')]) {
        for (const asked of [name, 'anthropic', 'openai', 'nobody']) {
          keyForms(asked).sightings(text);
          expect(lastMatch()).toBe('');
          keyForms(asked).fits(text);
          expect(lastMatch()).toBe('');
          formatWarning(asked, text);
          expect(lastMatch()).toBe('');
        }
      }
    },
  );

  test('after an answer was judged', () => {
    const secret = Buffer.from(SANDBOX_VENDORS[0]?.newKey() ?? '');
    const id = `req_${'Q'.repeat(24)}`;
    judge(
      anthropic,
      { kind: 'answer', status: 200, body: '{}', requestId: id, code: null, retryAfter: null },
      secret,
    );
    expect(lastMatch()).toBe('');
  });
});
