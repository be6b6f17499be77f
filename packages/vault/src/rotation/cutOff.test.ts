import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readVaultInfo } from '../openVault';
import { onFile } from '../testSupport/database';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { byFile, Killed, keyPathOf, linesOf, openReader, rotateWatched } from '../testSupport/rotations';
import { newVault, sealNew, secondHandle, textOf, type TestVault } from '../testSupport/vaults';
import { prepareMasterKeyRotation } from './prepare';
import { rotateMasterKey } from './rotateMasterKey';

/** A rotation for a compromised key that is killed once there is such a row in the vault. */
const killedOnce = async ({ directory, options }: TestVault, rows: string): Promise<void> => {
  const killed = rotateWatched(
    options,
    () =>
      onFile(directory, 'vault.sqlite', (db) =>
        Promise.resolve(db.prepare(`SELECT 1 FROM ${rows}`).get() === undefined ? 'go-on' : 'kill-before'),
      ),
    { compromised: true },
  );
  await expect(killed()).rejects.toThrow(Killed);
};

/** The step that seals the data keys of the first workspace under its new key, where there is one to come. */
const REPLACES_DATA_KEYS = 16;
/** The last step where there is none. */
const SETTLES = 15;

describe('a rotation that was cut off', () => {
  test('while workspaces’ keys were sealed anew: to prepare it tells which key is coming', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    await killedOnce(made, 'workspace_keys WHERE resealed IS NOT NULL');
    const { masterKeyId, rotation } = await succeed(readVaultInfo(made));
    const prepared = await succeed(prepareMasterKeyRotation(made.options));
    expect(rotation).toMatchObject({ comingMasterKeyId: prepared.comingMasterKeyId });
    expect(prepared.masterKeyId).toBe(masterKeyId);
  });

  test('while workspaces’ keys were sealed anew: seals the others alone', async () => {
    const made = await newVault();
    await sealNew(made.vault, { workspaceId: 'a' });
    await killedOnce(made, 'workspace_keys WHERE resealed IS NOT NULL');
    const { binding, text } = await sealNew(made.vault, { workspaceId: 'b' });
    expect(await succeed(rotateMasterKey(made.options))).toMatchObject({ workspaceKeysResealed: 1 });
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test('while workspaces got new keys: the others get theirs, and no workspace another', async () => {
    const made = await newVault();
    const sealed = [
      await sealNew(made.vault, { workspaceId: 'a' }),
      await sealNew(made.vault, { workspaceId: 'b' }),
    ];
    await killedOnce(made, `rotation, workspace_keys WHERE step = 'renewing' AND made_in = 1`);
    sealed.push(await sealNew(made.vault, { workspaceId: 'new' }));
    expect(await succeed(rotateMasterKey(made.options))).toMatchObject({
      workspaceKeysRenewed: 1,
      dataKeysResealed: 1,
    });
    for (const { binding, text } of sealed) expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test('behind the data keys of a workspace that got a new key: counts none of them as unopened', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    const killed = rotateWatched(
      made.options,
      (step) => Promise.resolve(step === REPLACES_DATA_KEYS ? 'kill-behind' : 'go-on'),
      { compromised: true },
    );
    await expect(killed()).rejects.toThrow(Killed);
    const { binding, text } = await sealNew(made.vault, { keyId: 'under the new one' });
    expect(await succeed(rotateMasterKey(made.options))).toMatchObject({
      workspaceKeysRenewed: 1,
      dataKeysResealed: 0,
      dataKeysUnopened: 0,
    });
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test.each(['sealed', 'successor'])(
    'while a workspace got a new key, and whose column %s is altered then: stops at it, and names it',
    async (which) => {
      const made = await newVault();
      await sealNew(made.vault);
      await killedOnce(made, 'workspace_keys WHERE successor IS NOT NULL');
      onFile(made.directory, 'vault.sqlite', (db) =>
        db.exec(`UPDATE workspace_keys SET ${which} = zeroblob(114)`),
      );
      expect(await faultOf(rotateMasterKey(made.options))).toBe('tampered');
      expect(await messageOf(rotateMasterKey(made.options))).toContain('the key of workspace acme');
      expect(await succeed(readVaultInfo(made))).toMatchObject({ rotation: { step: 'renewing' } });
    },
  );

  test('before the old key was taken out of its file: to prepare another one does that', async () => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    const path = keyPathOf(made.options);
    const killed = rotateWatched(made.options, (step) =>
      Promise.resolve(step === SETTLES ? 'kill-before' : 'go-on'),
    );
    await expect(killed()).rejects.toThrow(Killed);
    const [old, present, ...more] = linesOf(path);
    expect(more).toEqual([]);
    await succeed(prepareMasterKeyRotation(made.options));
    const lines = linesOf(path);
    expect(lines).toHaveLength(2);
    expect(lines).not.toContain(old);
    expect(lines[0]).toBe(present);
    expect(await succeed(textOf(await secondHandle(made), binding))).toBe(text);
  });

  test('before old bytes were erased, old key file gone: says that their marks were not searched for', async () => {
    const made = await newVault({ busyTimeoutMs: 10 });
    await sealNew(made.vault);
    const path = keyPathOf(made.options);
    const toNext = { ...made.options, newMasterKey: byFile(join(dirname(path), 'next.key')) };
    const reader = openReader(made.directory);
    expect(await faultOf(rotateMasterKey(toNext))).toBe('rotation-incomplete');
    reader.close();
    rmSync(path);
    const { checks } = await succeed(rotateMasterKey(toNext));
    expect(checks.at(-1)).toBe('the old master key was not at hand, so its marks were not searched for');
  });
});
