import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { createMasterKeyFile } from './masterKeyFile';
import { createVault, openVault, readVaultInfo } from './openVault';
import { withCheapPassphrases } from './testSupport/cheapPassphrases';
import { secretOf } from './testSupport/generators';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { onEachStorage } from './testSupport/storages';
import { tempDirectory } from './testSupport/tempDirectory';
import { bindingOf, sealNew, secondHandle, textOf } from './testSupport/vaults';
import { shred } from './testSupport/shredding';

const keyFile = async (): Promise<{ readonly path: string; readonly masterKeyId: string }> => {
  const path = join(tempDirectory(), 'master.key');
  return { path, ...(await succeed(createMasterKeyFile(path))) };
};

withCheapPassphrases();

onEachStorage(({ newPlace, emptyVault }) => {
  describe('createVault', () => {
    test('leaves a vault alone that is there', async () => {
      const made = await emptyVault();
      const { binding, text } = await sealNew(made.vault);
      const { path } = await keyFile();
      const again = { ...made.options, masterKey: { kind: 'file' as const, path } };
      expect(await faultOf(createVault(again))).toBe('already-initialised');
      expect(await succeed(textOf(await secondHandle(made), binding))).toBe(text);
    });

    test('of several at once, one makes it and the others say so', async () => {
      const { path } = await keyFile();
      const { place } = await newPlace();
      const options = { ...place, masterKey: { kind: 'file' as const, path } };
      const outcomes = await Promise.all([
        createVault(options)(),
        createVault(options)(),
        createVault(options)(),
      ]);
      const made = outcomes.filter(E.isRight);
      await Promise.all(made.map(({ right }) => right.close()));
      expect(made).toHaveLength(1);
      expect(outcomes.filter(E.isLeft).map(({ left }) => left.code)).toEqual([
        'already-initialised',
        'already-initialised',
      ]);
    });
  });

  describe('openVault', () => {
    test('a wrong one is named, with the right one', async () => {
      const made = await emptyVault();
      const { path, masterKeyId } = await keyFile();
      const { masterKeyId: right } = await succeed(readVaultInfo(made.place));
      const message = await messageOf(openVault({ ...made.options, masterKey: { kind: 'file', path } }));
      expect(message).toContain(masterKeyId);
      expect(message).toContain(right);
      expect(await faultOf(openVault({ ...made.options, masterKey: { kind: 'file', path } }))).toBe(
        'master-key-wrong',
      );
    });

    test('a vault of a newer format is left alone, and names the release to get', async () => {
      const made = await emptyVault();
      await made.sql('UPDATE deployment SET format = 99, needs_release = $1', '3.1.4');
      expect(await faultOf(openVault(made.options))).toBe('newer-version');
      expect(await messageOf(openVault(made.options))).toMatch(/format 99, .* get Keyturn 3\.1\.4 or newer$/);
      await made.sql('UPDATE deployment SET needs_release = NULL');
      expect(await messageOf(openVault(made.options))).toMatch(/ get a newer release of Keyturn$/);
    });
    test('the master key was altered in a vault that is open: no new workspace gets a key under it', async () => {
      const { vault, sql } = await emptyVault();
      await sql('UPDATE deployment SET master_key_id = $1', Buffer.alloc(8));
      const secret = secretOf('x'.repeat(20));
      expect(await faultOf(vault.seal(bindingOf(vault, secret), secret))).toBe('tampered');
    });

    test('nothing there: says so', async () => {
      const { place } = await newPlace();
      const { path } = await keyFile();
      const masterKey = { kind: 'file' as const, path };
      expect(await faultOf(openVault({ ...place, masterKey }))).toBe('not-initialised');
      expect(await faultOf(readVaultInfo(place))).toBe('not-initialised');
    });
  });

  describe('a passphrase', () => {
    const COST = 'argon2_memory_kib, argon2_passes, argon2_lanes, argon2_salt';
    const stored = async () => {
      const { place, sql } = await newPlace();
      const options = {
        ...place,
        masterKey: { kind: 'passphrase' as const, passphrase: Buffer.from('one') },
      };
      await (await succeed(createVault(options))).close();
      const cost = (await sql(`SELECT ${COST} FROM deployment`)).map((value) =>
        typeof value === 'number' || Buffer.isBuffer(value) ? value : null,
      );
      return {
        options,
        sql,
        putBack: () => sql(`UPDATE deployment SET (${COST}) = ($1, $2, $3, $4)`, ...cost),
      };
    };
    let vault: ReturnType<typeof stored> | undefined;

    test.each([
      ['argon2_memory_kib = 1024', 'tampered'],
      ['argon2_memory_kib = 100000000', 'tampered'],
      // I-41: as low as a password may cost elsewhere, and below what a new vault gets.
      ['argon2_memory_kib = 19456, argon2_passes = 2', 'tampered'],
      ['argon2_memory_kib = 262143', 'tampered'],
      ['argon2_passes = 2', 'tampered'],
      ['argon2_passes = 1', 'tampered'],
      ['argon2_passes = 1000000', 'tampered'],
      ['argon2_lanes = 255', 'tampered'],
      ['argon2_salt = NULL', 'tampered'],
      ['argon2_passes = 4', 'master-key-wrong'],
    ])('stored %s: %s', async (change, fault) => {
      const { options, sql, putBack } = await (vault ??= stored());
      await sql(`UPDATE deployment SET ${change}`);
      expect(await faultOf(openVault(options))).toBe(fault);
      await putBack();
    });
  });

  describe('a closed vault', () => {
    test('does nothing any more, and closes again', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const secret = secretOf('x'.repeat(20));
      await vault.close();
      await vault.close();
      expect(() => vault.fingerprint('acme', secret)).toThrow('closed');
      expect(await faultOf(vault.seal({ ...binding, keyId: 'key-2' }, secret))).toBe('unavailable');
      expect(await faultOf(textOf(vault, binding))).toBe('unavailable');
      expect(await faultOf(vault.freeze(binding))).toBe('unavailable');
      expect(await faultOf(shred(vault, 'acme', ['key-1']))).toBe('unavailable');
    });
  });
});
