import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const adding = (workspace: string, ...more: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...['keys', 'add', '--workspace', workspace, '--vendor', 'anthropic'],
  ...more,
];

const MIB = 1_048_576;

describe('a paste that is refused before anything is stored or sent', () => {
  test.each<[string, (key: string) => string | Buffer, string, string]>([
    ['nothing', () => '', 'paste-empty', 'Nothing was pasted'],
    ['an empty line', () => '\n', 'paste-empty', 'Nothing was pasted'],
    ['blanks', () => '   \n', 'paste-empty', 'Nothing was pasted'],
    ['a trailing space', (key) => `${key} \n`, 'paste-white-space', 'one space after the last character'],
    ['a leading tab', (key) => `\t${key}`, 'paste-white-space', 'one tab before the first character'],
    ['two line ends', (key) => `${key}\n\n`, 'paste-white-space', 'one line break after the last character'],
    ['V-1: two lines', (key) => `${key}\n${key}\n`, 'paste-several-keys', 'a second key after the first'],
    [
      'V-7: a wrapped key',
      (key) => `${key.slice(0, 50)}\n${key.slice(50)}\n`,
      'paste-white-space',
      'line break',
    ],
    ['V-2: a comma', (key) => `${key},\n`, 'paste-odd-character', 'a character behind it'],
    ['V-2: a spelled line end', (key) => `${key}%0A\n`, 'paste-surrounded', '`%0A`'],
    [
      'V-3: a masked key',
      (key) => `${key.slice(0, 16)}...${key.slice(-4)}`,
      'paste-placeholder',
      'masked key',
    ],
    ['V-3: a reference', () => 'op://Private/Anthropic/credential', 'paste-placeholder', 'a reference'],
    ['V-4: a name', (key) => `apikey:${key}`, 'paste-prefixed', '`NAME:`'],
    ['V-5: base64', (key) => Buffer.from(key).toString('base64'), 'paste-encoded', 'base64'],
    ['V-6: a token', () => `ghp_${'aB3d'.repeat(9)}`, 'paste-other-secret', 'a secret of GitHub'],
    ['V-7: JSON', (key) => JSON.stringify({ key }), 'paste-surrounded', 'JSON or code around it'],
    [
      'a zero-width space',
      (key) => `${key.slice(0, 20)}\u200b${key.slice(20)}`,
      'paste-invisible-character',
      'zero-width space',
    ],
    ['a byte order mark', (key) => `\ufeff${key}`, 'paste-invisible-character', 'byte order mark'],
    ['quotes', (key) => `"${key}"`, 'paste-quoted', 'quotation marks'],
    ['a Bearer', (key) => `Bearer ${key}`, 'paste-prefixed', 'Bearer'],
    ['a setting', (key) => `ANTHROPIC_API_KEY=${key}`, 'paste-prefixed', 'NAME='],
    ['a few letters', () => 'sk-ant', 'paste-too-short', 'fewer than 16'],
    ['a long text', () => 'k'.repeat(5_000), 'paste-too-long', 'more than the 4096 bytes'],
    ['10 MB', () => Buffer.alloc(10 * MIB, 0x6b), 'paste-too-long', 'far more than'],
    ['10 MB of line ends', () => Buffer.alloc(10 * MIB, 0x0a), 'paste-too-long', 'far more than'],
    [
      'bytes that are no text',
      (key) => Buffer.concat([Buffer.from(key), Buffer.from([0xff, 0xfe])]),
      'paste-not-text',
      'not text',
    ],
    [
      'binary with zeros',
      () => Buffer.from([0, 1, 2, 3, 0, 0, 9, 200, 201, 202, 7, 7, 7, 7, 7, 7, 7]),
      'paste-not-text',
      'not text',
    ],
    ['letters of another alphabet', () => 'ключ-'.repeat(8), 'paste-not-text', 'a character that no key has'],
    ['an admin key', (key) => key.replace('sk-ant-api03', 'sk-ant-admin01'), 'paste-admin-key', 'admin key'],
    ['another vendor’s key', () => shop.sandbox.issueKey('openai'), 'paste-wrong-vendor', 'openai'],
  ])('%s', async (_, paste, code, words) => {
    const key = shop.sandbox.issueKey('anthropic');
    const calls = shop.sandbox.calls.length;
    const { status, document, stderr } = await shop.ask(adding('pastes'), { input: paste(key) });
    expect(at(document, 'refused', 'code')).toBe(code);
    expect(at(document, 'refused', 'message')).toContain(words);
    expect(stderr).toContain(`keyturn: refused (${code}): `);
    expect(status).toBe(1);
    expect(shop.sandbox.calls).toHaveLength(calls);
    expect(stderr + JSON.stringify(document)).not.toContain(key.slice(0, 40));
    expect(await shop.ask(['keys', 'list', '--workspace', 'pastes'])).toMatchObject({
      document: { refused: { code: 'unknown-workspace' } },
    });
  });

  test('names --clean where that would mend it, and only there', async () => {
    const key = shop.sandbox.issueKey('anthropic');
    expect((await shop.run(adding('pastes'), { input: `${key} ` })).stderr).toContain('--clean');
    expect((await shop.run(adding('pastes'), { input: 'ключ-'.repeat(8) })).stderr).not.toContain('--clean');
  });

  test('names --key-is-certain where that is a way, and only there', async () => {
    const key = shop.sandbox.issueKey('anthropic');
    const said = await shop.run(adding('pastes'), { input: `${key},` });
    expect(said.stderr).toContain('On this command line: --clean, or --key-is-certain');
    expect((await shop.run(adding('pastes'), { input: `${key} ` })).stderr).not.toContain('--key-is-certain');
  });
});

describe('a paste that is taken', () => {
  test.each([
    ['without a line end', (key: string) => key, []],
    ['with one line end', (key: string) => `${key}\n`, []],
    ['with a line end of Windows', (key: string) => `${key}\r\n`, []],
    [
      'cleaned of blanks, quotes and a name',
      (key: string) => ` ANTHROPIC_API_KEY="${key}"  \n\n`,
      ['--clean'],
    ],
  ])('%s', async (_, paste, more) => {
    const key = shop.sandbox.issueKey('anthropic');
    const { status, document } = await shop.ask(adding('taken', '--label', 'prod-1', ...more), {
      input: paste(key),
    });
    expect(status).toBe(0);
    expect(document).toMatchObject({
      key: { vendor: 'anthropic', label: 'prod-1', last4: key.slice(-4), status: 'active' },
      validation: { outcome: 'accepted', httpStatus: 200 },
    });
    expect(shop.sandbox.callsWith(key)).toHaveLength(1);
  });

  test('V-2: as it is, when that is certain', async () => {
    const key = `${shop.sandbox.issueKey('anthropic')},`;
    const { status, document } = await shop.ask(adding('as-it-is', '--key-is-certain'), { input: key });
    expect(status).toBe(0);
    expect(document).toMatchObject({ key: { last4: key.slice(-4), status: 'failed' } });
  });

  test('although it looks like another vendor’s, when that is certain', async () => {
    const key = shop.sandbox.issueKey('openai');
    const { status, document } = await shop.ask(adding('certain', '--vendor-is-certain'), { input: key });
    expect(status).toBe(0);
    expect(document).toMatchObject({ key: { vendor: 'anthropic', status: 'failed' } });
  });
});

describe('a key that its test call does not accept', () => {
  test.each<[Parameters<Workshop['add']>[2], string, string]>([
    [
      'rejected',
      'Default · Validation failed · rejected by the vendor',
      'confirm there are no leading or trailing spaces',
    ],
    ['unfunded', 'Default · Validation failed · credit exhausted', 'Add credit'],
    ['restricted', 'Default · Validation failed · call not permitted', 'Permit the call'],
    ['leaked', 'Default · Validation failed · reported as leaked', 'keys hard-delete'],
    ['server-error', 'Default · Pending validation', 'Try again: keyturn keys validate'],
    ['garbage', 'Default · Pending validation', 'no verdict'],
    ['throttled', 'Default', ''],
  ])('%s is on file, and says so', async (behaviour, display, hint) => {
    const key = shop.sandbox.issueKey('anthropic', behaviour);
    const { status, stdout, stderr } = await shop.run(adding(`fails-${String(behaviour)}`), { input: key });
    expect(stdout.split('\n')[0]).toBe(`…${key.slice(-4)} · ${display}`);
    expect(stderr).toContain(hint);
    expect(status).toBe(0);
  });

  test('can be tested again', async () => {
    const { keyId, secret } = await shop.add('again', 'anthropic', 'unfunded');
    shop.sandbox.setBehaviour(secret, 'valid');
    const { status, document } = await shop.ask(['keys', 'validate', keyId, '--workspace', 'again']);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      key: { status: 'active' },
      validation: { outcome: 'accepted' },
      testCalls: 1,
    });
  });

  test('is asked twice before one "no" disables it', async () => {
    const { keyId, secret } = await shop.add('twice');
    shop.sandbox.setBehaviour(secret, 'rejected');
    const { document } = await shop.ask(['keys', 'validate', keyId, '--workspace', 'twice']);
    expect(document).toMatchObject({ key: { status: 'failed' }, testCalls: 2 });
  });
});
