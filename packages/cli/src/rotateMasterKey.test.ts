import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, filesWith, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterEach(() => shop.close());

const ROTATE = ['vault', 'rotate-master-key'];

const validate = async (keyId: string): Promise<number | null> =>
  (await shop.run(['keys', 'validate', keyId, '--workspace', 'acme'])).status;

const passphraseFile = (name: string, text: string): string => {
  const path = join(shop.directory, name);
  writeFileSync(path, `${text}\n`);
  chmodSync(path, 0o600);
  return path;
};

describe('keyturn vault rotate-master-key', () => {
  test('gives the vault another key, and never shows one', async () => {
    const { keyId } = await shop.add('acme');
    const keys = [readFileSync(shop.masterKey, 'latin1')];
    const before = (await shop.ask(['vault', 'info'])).document;
    const { status, document } = await shop.ask(ROTATE);
    keys.push(readFileSync(shop.masterKey, 'latin1'));
    expect(status).toBe(0);
    expect(at(document, 'rotated')).toMatchObject({
      replacedMasterKeyId: at(before, 'vault', 'masterKeyId'),
      resumed: false,
      renewed: false,
      workspaceKeysResealed: 1,
    });
    expect(at(document, 'source')).toEqual({ kind: 'file', path: shop.masterKey });
    expect(at((await shop.ask(['vault', 'info'])).document, 'vault')).toMatchObject({
      deploymentId: at(before, 'vault', 'deploymentId'),
      masterKeyId: at(document, 'rotated', 'masterKeyId'),
      rotation: null,
    });
    expect(await validate(keyId)).toBe(0);
    expect(keys[0]).not.toBe(keys[1]);
    const encoded = keys.map((line) => line.slice('keyturn-master-key-1:'.length).trim());
    for (const key of encoded) {
      expect(shop.printed()).not.toContain(key.slice(0, 12));
      expect(shop.printed()).not.toContain(Buffer.from(key, 'base64').toString('hex').slice(0, 16));
      expect(filesWith(shop.data, [key])).toEqual([]);
    }
  });

  test('--prepare changes nothing but the key file, and tells the same again', async () => {
    const { keyId } = await shop.add('acme');
    const first = await shop.ask([...ROTATE, '--prepare']);
    const content = readFileSync(shop.masterKey);
    expect((await shop.ask([...ROTATE, '--prepare'])).document).toEqual(first.document);
    expect(readFileSync(shop.masterKey)).toEqual(content);
    expect(at((await shop.ask(['vault', 'info'])).document, 'vault', 'masterKeyId')).toBe(
      at(first.document, 'prepared', 'masterKeyId'),
    );
    expect(await validate(keyId)).toBe(0);
    const done = await shop.ask([...ROTATE, '--compromised']);
    expect(at(done.document, 'rotated')).toMatchObject({
      masterKeyId: at(first.document, 'prepared', 'comingMasterKeyId'),
      renewed: true,
      dataKeysResealed: 1,
    });
    expect(done.stderr).toContain('rotate those keys at their vendors');
    expect(await validate(keyId)).toBe(0);
    // The log has gone over to its own new key, by an event in every stream.
    const log = await shop.run(['audit', 'list', '--workspace', 'acme']);
    expect(log.stdout.match(/keyturn renewed the log's key: number 2 seals from here on/g)).toHaveLength(1);
  });

  test('--compromised that finishes one begun before says that the key of that one stays', async () => {
    await shop.add('acme');
    const [file, journal] = ['vault.sqlite', 'vault.sqlite-journal'].map((name) =>
      join(shop.data, 'vault', name),
    );
    if (file === undefined || journal === undefined) throw new Error('both are there');
    writeFileSync(journal, Buffer.concat([Buffer.alloc(5_000), readFileSync(file)]));
    const begun = await shop.ask([...ROTATE, '--compromised']);
    expect(at(begun.document, 'fault', 'code')).toBe('rotation-incomplete');
    rmSync(journal);
    const { document, stderr } = await shop.ask([...ROTATE, '--compromised']);
    expect(at(document, 'rotated')).toMatchObject({ resumed: true, renewed: true });
    expect(stderr).toContain(
      `Should ${String(at(document, 'rotated', 'masterKeyId'))} be in wrong hands as well, run this again.`,
    );
  });

  test.each([
    ['another', 'master-key-wrong'],
    ['missing', 'master-key-missing'],
  ])('with a key file that is %s is a fault, and changes nothing', async (what, code) => {
    const { keyId } = await shop.add('acme');
    const kept = join(shop.directory, 'kept');
    copyFileSync(shop.masterKey, kept);
    if (what === 'missing') rmSync(shop.masterKey);
    else writeFileSync(shop.masterKey, `keyturn-master-key-1:${Buffer.alloc(32, 1).toString('base64')}\n`);
    const { status, document } = await shop.ask(ROTATE);
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe(code);
    copyFileSync(kept, shop.masterKey);
    expect(await validate(keyId)).toBe(0);
  });

  test('without a vault is a fault', async () => {
    for (const words of [ROTATE, ['vault', 'info']]) {
      const { status, document } = await shop.ask([...words, '--data', join(shop.directory, 'none')]);
      expect(status).toBe(3);
      expect(at(document, 'fault', 'code')).toBe('not-initialised');
    }
  });

  test.each([
    [['--prepare', '--compromised'], '--prepare goes alone'],
    [['--prepare', '--to', 'file'], '--prepare goes alone'],
    [['--to', 'keychain'], '--to has to be file or passphrase'],
    [['--to', 'file', '--new-passphrase-file', 'f'], 'does not go with --to file'],
    [['--to', 'passphrase'], '--new-passphrase-file'],
    [['now'], 'takes nothing more'],
  ])('%s is a mistake', async (words, message) => {
    const key = readFileSync(shop.masterKey);
    const { status, stderr } = await shop.run([...ROTATE, ...words]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(readFileSync(shop.masterKey)).toEqual(key);
  });
});

describe('a vault with a passphrase', () => {
  test('goes over to another one, and to a key file again', async () => {
    const { keyId } = await shop.add('acme');
    const [one, two] = [
      passphraseFile('one', 'correct horse battery staple'),
      passphraseFile('two', 'tables and chairs and lamps'),
    ];
    expect((await shop.run([...ROTATE, '--new-passphrase-file', one])).status).toBe(0);
    expect(await validate(keyId)).toBe(3);
    expect((await shop.run([...ROTATE, '--prepare'])).stderr).toContain('there is no key file to prepare');

    const over = await shop.run([...ROTATE, '--passphrase-file', one, '--new-passphrase-file', two]);
    expect(over.stdout).toContain('have to be started again');
    const same = await shop.ask([...ROTATE, '--passphrase-file', two, '--new-passphrase-file', two]);
    expect(at(same.document, 'fault', 'message')).toContain('choose another');

    rmSync(shop.masterKey);
    const back = await shop.ask([...ROTATE, '--to', 'file', '--passphrase-file', two]);
    expect(at(back.document, 'source')).toEqual({ kind: 'file', path: shop.masterKey });
    expect(await validate(keyId)).toBe(0);
  });
});
