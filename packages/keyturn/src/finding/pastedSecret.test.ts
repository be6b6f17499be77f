import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { pastedSecret } from './pastedSecret';

const aKey = (): string => `sk-ant-${randomBytes(24).toString('base64url')}`;

/** What the engine keeps of the last match, in the realm that this code runs in. */
const lastMatch = (): string =>
  ['input', 'lastMatch', '$1', '$2'].map((name) => String(Reflect.get(RegExp, name))).join('');

const textOf = (pasted: string): string =>
  pastedSecret(pasted).use((bytes) => Buffer.from(bytes).toString('latin1'));

describe('a paste that is to be recognised', () => {
  test.each([
    ['white space', (key: string) => `\t ${key}\r\n`],
    ['quotes', (key: string) => `"${key}"`],
    ['both', (key: string) => ` '${key}'\n`],
    ['backquotes', (key: string) => `\`${key}\``],
  ])('loses %s around it', (_, surrounded) => {
    const key = aKey();
    expect(textOf(surrounded(key)) === key).toBe(true);
  });

  test('keeps one quote, as it is no pair', () => {
    const key = aKey();
    expect(textOf(`"${key}`) === `"${key}`).toBe(true);
  });

  test('leaves nothing of itself in what the engine keeps of a match', () => {
    const key = aKey();
    /(?:)/.test('');
    pastedSecret(`"${key}"`).wipe();
    expect(lastMatch().includes(key)).toBe(false);
  });
});
