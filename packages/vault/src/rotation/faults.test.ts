import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createMasterKeyFile } from '../masterKeyFile';
import { openVault, readVaultInfo, type VaultOptions } from '../openVault';
import { onFile } from '../testSupport/database';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import {
  byFile,
  byPassphrase,
  CHEAP,
  Killed,
  keyPathOf,
  linesOf,
  rotateWatched,
} from '../testSupport/rotations';
import { tempDirectory } from '../testSupport/tempDirectory';
import { newVault, sealNew, secondHandle, textOf } from '../testSupport/vaults';
import { prepareMasterKeyRotation } from './prepare';
import type { RotateOptions } from './rotate';
import { rotateMasterKey } from './rotateMasterKey';

/** A rotation that was killed just before the vault went over. */
const halfRotated = async (rotation: Partial<RotateOptions> = {}) => {
  const made = await newVault();
  const sealed = await sealNew(made.vault);
  const path = keyPathOf(made.options);
  const [old, coming] = [join(dirname(path), 'old.key'), join(dirname(path), 'coming.key')];
  copyFileSync(path, old);
  const { masterKeyId, comingMasterKeyId } = await succeed(prepareMasterKeyRotation(made.options));
  let resealed = false;
  const killed = rotateWatched(
    made.options,
    async () => {
      const info = await succeed(readVaultInfo({ directory: made.directory }));
      const was = resealed;
      resealed = onFile(
        made.directory,
        'vault.sqlite',
        (db) => db.prepare('SELECT 1 FROM workspace_keys WHERE resealed IS NOT NULL').get() !== undefined,
      );
      return info.rotation !== null && was ? 'kill-before' : 'go-on';
    },
    rotation,
  );
  await expect(killed()).rejects.toThrow(Killed);
  writeFileSync(coming, `${linesOf(path)[1] ?? ''}\n`, { mode: 0o600 });
  return { ...made, ...sealed, path, old, coming, masterKeyId, comingMasterKeyId };
};

const open = (options: VaultOptions, path: string) => openVault({ ...options, masterKey: byFile(path) });

describe('a half-rotated vault', () => {
  test('says so, and opens with both keys, or with the present one alone', async () => {
    const { directory, options, path, old, binding, text, masterKeyId, comingMasterKeyId } =
      await halfRotated();
    expect(await succeed(readVaultInfo({ directory }))).toMatchObject({
      masterKeyId,
      rotation: { step: 'resealing', comingMasterKeyId, comingMasterKeyKind: 'file', renews: false },
    });
    for (const file of [path, old]) {
      const vault = await succeed(open(options, file));
      expect(await succeed(textOf(vault, binding))).toBe(text);
      await vault.close();
    }
  });

  test('does not open with the coming key alone, and says what is missing', async () => {
    const { options, coming, masterKeyId, comingMasterKeyId } = await halfRotated();
    const message =
      `a rotation of this vault's master key is under way, from ${masterKeyId} to ${comingMasterKeyId}, ` +
      `and ${coming} holds ${comingMasterKeyId}: until the rotation is finished ${masterKeyId} is needed, too; ` +
      'restore it, then run the rotation again';
    const withComing = { ...options, masterKey: byFile(coming) };
    expect(await faultOf(openVault(withComing))).toBe('master-key-wrong');
    expect(await messageOf(openVault(withComing))).toBe(message);
    expect(await messageOf(rotateMasterKey(withComing))).toBe(message);
    expect(await messageOf(prepareMasterKeyRotation(withComing))).toBe(message);
  });

  test('whose coming key is lost is rotated with another one, when that is asked for', async () => {
    const { vault, directory, options, path, old, binding, text, comingMasterKeyId } = await halfRotated();
    copyFileSync(old, path);
    expect(await faultOf(rotateMasterKey(options))).toBe('master-key-wrong');
    expect(await messageOf(rotateMasterKey(options))).toContain('start over with another new key');
    const report = await succeed(rotateMasterKey({ ...options, startOver: true }));
    expect(report.masterKeyId).not.toBe(comingMasterKeyId);
    expect(linesOf(path)).toHaveLength(1);
    expect(await succeed(readVaultInfo({ directory }))).toMatchObject({ rotation: null });
    expect(await succeed(textOf(vault, binding))).toBe(text);
  });

  test('for a compromised key, started over without saying so again, still renews', async () => {
    const { vault, options, path, old, binding, text } = await halfRotated({ compromised: true });
    copyFileSync(old, path);
    expect(await succeed(rotateMasterKey({ ...options, startOver: true }))).toMatchObject({
      renewed: true,
      workspaceKeysRenewed: 1,
    });
    expect(await succeed(textOf(vault, binding))).toBe(text);
  });

  test('goes on as one for a compromised key, when it turns out to be one', async () => {
    const { options, comingMasterKeyId } = await halfRotated();
    expect(await succeed(rotateMasterKey({ ...options, compromised: true }))).toMatchObject({
      masterKeyId: comingMasterKeyId,
      resumed: true,
      renewed: true,
      workspaceKeysRenewed: 1,
    });
  });

  test('one for a compromised key is taken up as one', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    const killed = rotateWatched(
      made.options,
      async () =>
        (await succeed(readVaultInfo({ directory: made.directory }))).rotation?.step === 'renewing'
          ? 'kill-before'
          : 'go-on',
      { compromised: true },
    );
    await expect(killed()).rejects.toThrow(Killed);
    expect(await succeed(rotateMasterKey(made.options))).toMatchObject({
      resumed: true,
      renewed: true,
      workspaceKeysRenewed: 1,
    });
  });

  test('for one that does not renew, which is nearly done, another is made after it', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    const killed = rotateWatched(made.options, async () =>
      (await succeed(readVaultInfo({ directory: made.directory }))).rotation?.step === 'erasing'
        ? 'kill-before'
        : 'go-on',
    );
    await expect(killed()).rejects.toThrow(Killed);
    const { masterKeyId } = await succeed(readVaultInfo({ directory: made.directory }));
    const report = await succeed(rotateMasterKey({ ...made.options, compromised: true }));
    expect(report).toMatchObject({ replacedMasterKeyId: masterKeyId, renewed: true });
    expect(linesOf(keyPathOf(made.options))).toHaveLength(1);
  });
});

describe('a master key that can not be rotated', () => {
  test('wrong: the file is another vault’s, and nothing is written to it', async () => {
    const made = await newVault();
    const other = join(tempDirectory(), 'other.key');
    const { masterKeyId } = await succeed(createMasterKeyFile(other));
    const { masterKeyId: right } = await succeed(readVaultInfo({ directory: made.directory }));
    const content = readFileSync(other);
    const message = await messageOf(rotateMasterKey({ ...made.options, masterKey: byFile(other) }));
    expect(message).toContain(`sealed with master key ${right}, and ${other} holds ${masterKeyId}`);
    expect(readFileSync(other)).toEqual(content);
    expect((await succeed(readVaultInfo({ directory: made.directory }))).rotation).toBeNull();
  });

  test('lost: its file is not made anew', async () => {
    const made = await newVault();
    const path = keyPathOf(made.options);
    rmSync(path);
    expect(await faultOf(rotateMasterKey(made.options))).toBe('master-key-missing');
    expect(await messageOf(rotateMasterKey(made.options))).toContain(
      `the master key's file ${path} can't be read (ENOENT): restore it, or name the right file`,
    );
    expect(existsSync(path)).toBe(false);
  });

  test('exposed, or going to be', async () => {
    const made = await newVault();
    const inside = byFile(join(made.directory, 'new.key'));
    expect(await faultOf(rotateMasterKey({ ...made.options, newMasterKey: inside }))).toBe(
      'master-key-exposed',
    );
    expect(existsSync(inside.path)).toBe(false);
    expect(await succeed(readVaultInfo(made))).toMatchObject({ rotation: null });
    chmodSync(keyPathOf(made.options), 0o644);
    expect(await faultOf(rotateMasterKey(made.options))).toBe('master-key-exposed');
  });

  test('a workspace’s key that was altered: nothing goes over', async () => {
    const made = await newVault();
    await sealNew(made.vault, { workspaceId: 'a' });
    const kept = await sealNew(made.vault, { workspaceId: 'b' });
    onFile(made.directory, 'vault.sqlite', (db) =>
      db.exec(`UPDATE workspace_keys SET sealed = zeroblob(114) WHERE workspace_id = 'a'`),
    );
    const { masterKeyId } = await succeed(readVaultInfo({ directory: made.directory }));
    expect(await faultOf(rotateMasterKey(made.options))).toBe('tampered');
    expect((await succeed(readVaultInfo({ directory: made.directory }))).masterKeyId).toBe(masterKeyId);
    const other = await secondHandle(made);
    expect(await succeed(textOf(other, kept.binding))).toBe(kept.text);
  });

  test('no vault', async () => {
    const { options } = await newVault();
    const nowhere = { ...options, directory: tempDirectory() };
    expect(await faultOf(rotateMasterKey(nowhere))).toBe('not-initialised');
    expect(await faultOf(prepareMasterKeyRotation(nowhere))).toBe('not-initialised');
  });

  test('a passphrase has nothing to prepare, and one that costs too little is a mistake of the program', async () => {
    const { options } = await newVault();
    expect(() => prepareMasterKeyRotation({ ...options, masterKey: byPassphrase('one') })).toThrow(
      RangeError,
    );
    const passphraseCost = { ...CHEAP, passes: 1 };
    expect(() => rotateMasterKey({ ...options, passphraseCost })).toThrow(RangeError);
  });
});
