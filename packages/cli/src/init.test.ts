import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

const mode = (path: string): number => statSync(path).mode & 0o777;

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: false });
});
afterEach(() => shop.close());

describe('keyturn init', () => {
  test('makes a data directory and a master key beside it, for their owner alone', async () => {
    const { status, document } = await shop.ask(['init']);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      dataDirectory: shop.data,
      masterKey: { kind: 'file', path: shop.masterKey, made: true },
    });
    expect(mode(shop.data)).toBe(0o700);
    expect(mode(shop.masterKey)).toBe(0o600);
    for (const file of [
      'events.sqlite',
      'read-models.sqlite',
      'vault/vault.sqlite',
      'vault/vault-keys.sqlite',
    ]) {
      expect(mode(join(shop.data, file))).toBe(0o600);
    }
    expect((await shop.run(['workspaces', 'list'])).stdout).toContain('There is no workspace yet.');
  });

  test('says what losing the master key means', async () => {
    expect((await shop.run(['init'])).stdout).toContain('Without the master key every key on file is lost');
  });

  test('leaves alone what was initialised before', async () => {
    await shop.run(['init']);
    const key = readFileSync(shop.masterKey);
    const { status, document, stderr } = await shop.ask(['init']);
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('already-initialised');
    expect(stderr).toContain('Nothing was touched');
    expect(readFileSync(shop.masterKey).equals(key)).toBe(true);
  });

  /** An init that ends between the event store and the vault, for want of a master key. */
  const cutOffBehindEventStore = async (): Promise<void> => {
    writeFileSync(shop.masterKey, 'no key', { mode: 0o600 });
    expect((await shop.run(['init'])).status).toBe(3);
    expect(existsSync(join(shop.data, 'events.sqlite'))).toBe(true);
    rmSync(shop.masterKey);
  };

  test.each([
    ['the directory', (): Promise<void> => mkdir(shop.data)],
    ['the event store', cutOffBehindEventStore],
    [
      'an empty vault directory',
      async () => {
        await cutOffBehindEventStore();
        mkdirSync(join(shop.data, 'vault'), { recursive: true });
      },
    ],
  ])('can be run again after it was cut off behind %s', async (_, cutOff) => {
    await cutOff();
    const { status, document } = await shop.ask(['init']);
    expect(status).toBe(0);
    expect(at(document, 'masterKey', 'made')).toBe(true);
    expect((await shop.run(['workspaces', 'list'])).status).toBe(0);
  });

  test('does not set up an empty vault beside events whose vault was lost', async () => {
    await shop.run(['init']);
    await shop.add('acme');
    rmSync(join(shop.data, 'vault'), { recursive: true });
    for (const words of [['init'], ['keys', 'list', '--workspace', 'acme']]) {
      const { status, document } = await shop.ask(words);
      expect(status).toBe(3);
      expect(at(document, 'fault', 'code')).toBe('incomplete-data-directory');
    }
    expect(existsSync(join(shop.data, 'vault'))).toBe(false);
  });

  test('does not set up an empty event store beside a vault whose events were lost', async () => {
    await shop.run(['init']);
    rmSync(join(shop.data, 'events.sqlite'));
    for (const words of [['init'], ['keys', 'list', '--workspace', 'acme']]) {
      const { status, document } = await shop.ask(words);
      expect(status).toBe(3);
      expect(at(document, 'fault', 'code')).toBe('incomplete-data-directory');
    }
    expect(existsSync(join(shop.data, 'events.sqlite'))).toBe(false);
  });

  test('keeps the master key out of the data directory', async () => {
    const { status, document } = await shop.ask(['init', '--master-key-file', join(shop.data, 'master-key')]);
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('master-key-exposed');
    expect(existsSync(shop.data)).toBe(false);
  });

  test('says so where the directory can not be made', async () => {
    writeFileSync(join(shop.directory, 'a-file'), '');
    const { status, document } = await shop.ask(['init', '--data', join(shop.directory, 'a-file', 'data')]);
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('not-writable');
  });

  test('two at once make one deployment', async () => {
    const both = await Promise.all([shop.runReal(['init']), shop.runReal(['init'])]);
    expect(both.map(({ status }) => status)).toContain(0);
    for (const { status } of both) expect([0, 3]).toContain(status);
    const added = await shop.add('acme');
    expect((await shop.run(['keys', 'validate', added.keyId, '--workspace', 'acme'])).status).toBe(0);
  });
});

describe('a passphrase in place of a key file', () => {
  const passphrase = (text: string, bits = 0o600): string => {
    const path = join(shop.directory, 'passphrase');
    writeFileSync(path, text);
    chmodSync(path, bits);
    return path;
  };

  test('opens the vault, and no other one does', async () => {
    const file = passphrase('correct horse battery staple\n');
    const env = { KEYTURN_PASSPHRASE_FILE: file };
    expect((await shop.run(['init', '--passphrase'], { env })).status).toBe(0);
    expect(existsSync(shop.masterKey)).toBe(false);
    const input = shop.sandbox.issueKey('anthropic');
    const add = ['keys', 'add', '--workspace', 'acme', '--vendor', 'anthropic'];
    expect((await shop.run(add, { env, input })).status).toBe(0);

    const without = await shop.ask(add, { input });
    expect(without.status).toBe(3);
    expect(at(without.document, 'fault', 'code')).toBe('bad-passphrase');

    writeFileSync(file, 'correct horse battery stable\n');
    const wrong = await shop.ask(add, { env, input });
    expect(wrong.status).toBe(3);
    expect(at(wrong.document, 'fault', 'code')).toBe('master-key-wrong');
  });

  test.each([
    ['too short', 'short\n', 0o600, 2],
    ['empty', '\n', 0o600, 3],
    ['for others to read', 'correct horse battery staple\n', 0o644, 3],
    ['far too long', 'x'.repeat(5_000), 0o600, 3],
  ])('%s is not taken', async (_, text, bits, status) => {
    const ended = await shop.run(['init', '--passphrase', '--passphrase-file', passphrase(text, bits)]);
    expect(ended.status).toBe(status);
    expect(existsSync(join(shop.data, 'vault', 'vault.sqlite'))).toBe(false);
  });

  test('is not repeated where it stands in place of its file', async () => {
    const words = 'correct horse battery staple';
    const ended = await shop.run(['init', '--passphrase', '--passphrase-file', words], {
      env: { KEYTURN_DEBUG: '1' },
    });
    expect(ended.status).toBe(3);
    expect(ended.stderr).toContain('--passphrase-file');
    expect(ended.stderr).not.toContain('horse');
  });

  test('needs a file where there is no terminal to ask on', async () => {
    const ended = await shop.run(['init', '--passphrase']);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('--passphrase-file');
  });
});

describe('the master key', () => {
  const validate = async (keyId: string) => shop.ask(['keys', 'validate', keyId, '--workspace', 'acme']);

  test.each([
    ['missing', () => rmSync(shop.masterKey), 'master-key-missing'],
    [
      'another',
      () => writeFileSync(shop.masterKey, `keyturn-master-key-1:${Buffer.alloc(32, 1).toString('base64')}\n`),
      'master-key-wrong',
    ],
    ['no key at all', () => writeFileSync(shop.masterKey, 'something else'), 'master-key-wrong'],
    ['open to others', () => chmodSync(shop.masterKey, 0o644), 'master-key-exposed'],
  ])('that is %s is a fault, and nothing is lost', async (_, spoil, code) => {
    await shop.run(['init']);
    const { keyId } = await shop.add('acme');
    const content = readFileSync(shop.masterKey);
    spoil();
    const refused = await validate(keyId);
    expect(refused.status).toBe(3);
    expect(at(refused.document, 'fault', 'code')).toBe(code);
    expect((await shop.run(['keys', 'list', '--workspace', 'acme'])).stdout).toContain('· Default');
    writeFileSync(shop.masterKey, content);
    chmodSync(shop.masterKey, 0o600);
    expect((await validate(keyId)).status).toBe(0);
  });
});
