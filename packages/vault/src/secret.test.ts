import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { Secret, SecretWiped } from './secret';
import { randomText, secretOf } from './testSupport/generators';

const codeOf = (content: string | Uint8Array): string => {
  const made = Secret.from(content);
  return E.isLeft(made) ? made.left.code : 'taken';
};

describe('what a secret may be', () => {
  test.each([
    ['15 characters', 'a'.repeat(15), 'too-short'],
    ['16 characters', 'a'.repeat(16), 'taken'],
    ['8,192 characters', 'a'.repeat(8192), 'taken'],
    ['8,193 characters', 'a'.repeat(8193), 'too-long'],
    ['nothing', '', 'too-short'],
    ['a space at the end', `${'a'.repeat(20)} `, 'not-printable-ascii'],
    ['a line end', `${'a'.repeat(20)}\n`, 'not-printable-ascii'],
    ['a zero byte', `${'a'.repeat(20)}\0`, 'not-printable-ascii'],
    ['DEL', `${'a'.repeat(20)}\u007f`, 'not-printable-ascii'],
    ['a zero-width space', `${'a'.repeat(20)}\u200b`, 'not-printable-ascii'],
    ['a letter that is ASCII in its low byte', `${'a'.repeat(20)}\u0141`, 'not-printable-ascii'],
  ])('%s: %s → %s', (_, content, outcome) => {
    expect(codeOf(content)).toBe(outcome);
  });

  test('bytes over 0x7e are refused', () => {
    expect(codeOf(Buffer.alloc(20, 0x80))).toBe('not-printable-ascii');
  });

  test('a refusal has none of the content', () => {
    const content = `${randomText()}\n`;
    expect(JSON.stringify(Secret.from(content))).not.toContain(content.slice(0, 8));
  });
});

describe('what shows of a secret', () => {
  const text = randomText();
  const masked = `…${text.slice(-4)}`;
  const shown: ReadonlyArray<readonly [string, (secret: Secret) => string]> = [
    ['String()', (secret) => String(secret)],
    ['a template', (secret) => `${secret}`],
    ['concatenation', (secret) => '' + secret],
    ['toString()', (secret) => secret.toString()],
    ['JSON', (secret) => JSON.stringify({ deep: [{ secret }] })],
    ['inspect', (secret) => inspect(secret)],
    ['inspect in depth', (secret) => inspect({ deep: [{ secret }] }, { depth: null, showHidden: true })],
    ['inspect without the own form', (secret) => inspect(secret, { customInspect: false, showHidden: true })],
    ['a number', (secret) => String(Number(secret))],
    ['own properties', (secret) => Object.entries(secret).map(String).join()],
    ['all properties', (secret) => Reflect.ownKeys(secret).map(String).join()],
    ['a copy of its properties', (secret) => inspect(Object.assign({}, secret))],
    ['an error', (secret) => inspect(new Error(`failed with ${secret}`, { cause: secret }))],
  ];

  test.each(shown)('%s has at most the last four characters', (_, show) => {
    const secret = secretOf(text);
    expect(show(secret).replaceAll(masked, '')).not.toContain(text.slice(-4));
    expect(show(secret)).not.toContain(text.slice(0, 4));
    expect(show(secret)).not.toContain(Buffer.from(text.slice(0, 4)).toString('hex'));
  });

  test.each(['String()', 'a template', 'concatenation', 'toString()', 'JSON', 'inspect'])(
    '%s shows the masked form',
    (name) => {
      const show = shown.find(([other]) => other === name)?.[1];
      expect(show?.(secretOf(text))).toContain(masked);
    },
  );

  test('it can not be cloned or sent to another thread', () => {
    expect(() => structuredClone(secretOf(text))).toThrow('could not be cloned');
    expect(() => serialize({ secret: secretOf(text) })).toThrow('could not be cloned');
  });

  test('last4', () => {
    expect(secretOf(text).last4).toBe(text.slice(-4));
  });
});

describe('the bytes', () => {
  test('are a copy of what was given', () => {
    const given = Buffer.from(randomText());
    const kept = Buffer.from(given);
    const secret = secretOf(given);
    given.fill(0);
    expect(Buffer.from(secret.bytes()).equals(kept)).toBe(true);
  });

  test('share their memory with nothing else', () => {
    expect(secretOf(randomText(40)).bytes().buffer.byteLength).toBe(40);
  });

  test('are the same in use()', () => {
    const text = randomText();
    expect(secretOf(text).use((bytes) => Buffer.from(bytes).toString('latin1'))).toBe(text);
  });

  test('are zeros after a wipe, and no longer given out', () => {
    const secret = secretOf(randomText());
    const bytes = secret.bytes();
    secret.wipe();
    secret.wipe();
    expect(bytes.every((byte) => byte === 0)).toBe(true);
    expect(() => secret.bytes()).toThrow(SecretWiped);
    expect(() => secret.use(() => 1)).toThrow(SecretWiped);
    expect(String(secret)).toMatch(/^….{4}$/);
  });
});

test('a secret that was wiped, and a text that can be none, say by their names what they are', () => {
  expect(new SecretWiped()).toMatchObject({ name: 'SecretWiped', _tag: 'SecretWiped' });
  expect(Secret.from('short')).toMatchObject({ left: { _tag: 'SecretRefusal', code: 'too-short' } });
});
