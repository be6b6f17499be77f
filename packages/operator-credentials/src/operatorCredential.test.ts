import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { OperatorCredentialFault } from './fault';
import { OperatorCredential } from './operatorCredential';

const text = `${randomBytes(24).toString('hex')}WxYz`;
const make = (): OperatorCredential => new OperatorCredential('anthropic', Buffer.from(text));

describe('an operator credential shows its last four characters alone', () => {
  const shown: readonly (readonly [string, (credential: OperatorCredential) => string])[] = [
    ['as text', (credential) => String(credential)],
    ['joined to text', (credential) => `${credential}`],
    ['added to text', (credential) => '' + credential],
    ['inspected', (credential) => inspect(credential)],
    ['printed', (credential) => format('%s', credential)],
  ];

  test.each(shown)('%s', (_, show) => {
    expect(show(make())).toBe('operator …WxYz');
  });

  test('as JSON', () => {
    expect(JSON.stringify({ credential: make() })).toBe('{"credential":"operator …WxYz"}');
  });

  test.each([
    ['inspected with everything hidden', (held: object) => inspect(held, { showHidden: true, depth: 9 })],
    ['inspected past its own inspector', (held: object) => inspect(held, { customInspect: false, depth: 9 })],
    ['by its own properties', (held: object) => JSON.stringify(Object.entries(held))],
    ['serialised', (held: object) => serialize(held).toString('latin1')],
    ['in an error', (held: object) => inspect(new Error(`failed with ${String(held)}`, { cause: held }))],
  ])('no more of it when %s', (_, show) => {
    expect(show(make())).not.toContain(text.slice(0, 8));
  });
});

describe('the bytes of an operator credential', () => {
  test('are lent', () => {
    expect(make().use((bytes) => Buffer.from(bytes).toString())).toBe(text);
  });

  test('are a copy of what it was made from', () => {
    const given = Buffer.from(text);
    const credential = new OperatorCredential('anthropic', given);
    given.fill(0);
    expect(credential.use((bytes) => Buffer.from(bytes).toString())).toBe(text);
  });

  test('are zeros after it was disposed of', () => {
    const credential = make();
    const kept = credential.use((bytes) => bytes);
    credential.dispose();
    expect([...kept]).toEqual([...kept].fill(0));
    expect(kept).toHaveLength(text.length);
  });

  test('are lent no more after it was disposed of, twice even', () => {
    const credential = make();
    credential.dispose();
    credential.dispose();
    expect(() => credential.use((bytes) => bytes.length)).toThrow(OperatorCredentialFault);
    expect(() => credential.use((bytes) => bytes.length)).toThrow(/anthropic was disposed of/);
  });
});
