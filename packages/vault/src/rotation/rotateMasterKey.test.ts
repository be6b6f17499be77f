import { chmodSync, copyFileSync, cpSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createMasterKeyFile } from '../masterKeyFile';
import { openVault, readVaultInfo } from '../openVault';
import { onFile } from '../testSupport/database';
import { secretOf } from '../testSupport/generators';
import { openFilesIn } from '../testSupport/openFiles';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import {
  byFile,
  keyPathOf,
  linesOf,
  openReader,
  sealedDataKeys,
  underMasterKey,
} from '../testSupport/rotations';
import { filesWith, tempDirectory } from '../testSupport/tempDirectory';
import { newVault, sealNew, secondHandle, textOf } from '../testSupport/vaults';
import { prepareMasterKeyRotation } from './prepare';
import { rotateMasterKey } from './rotateMasterKey';

const idOf = async (directory: string): Promise<string> =>
  (await succeed(readVaultInfo({ directory }))).masterKeyId;

describe('rotateMasterKey', () => {
  test('gives the vault another master key, and every secret opens as before', async () => {
    const made = await newVault();
    const sealed = [await sealNew(made.vault), await sealNew(made.vault, { workspaceId: 'globex' })];
    const [before, path] = [await idOf(made.directory), keyPathOf(made.options)];
    const [oldLine] = linesOf(path);
    const report = await succeed(rotateMasterKey(made.options));
    expect(report).toMatchObject({
      masterKeyId: await idOf(made.directory),
      replacedMasterKeyId: before,
      resumed: false,
      renewed: false,
      workspaceKeysResealed: 2,
      workspaceKeysRenewed: 0,
    });
    expect(report.masterKeyId).not.toBe(before);
    expect(linesOf(path)).toHaveLength(1);
    expect(linesOf(path)).not.toContain(oldLine);
    expect((await succeed(readVaultInfo({ directory: made.directory }))).rotation).toBeNull();
    const other = await secondHandle(made);
    for (const { binding, text } of sealed) {
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
      expect(await succeed(textOf(other, binding))).toBe(text);
      expect(other.fingerprint(binding.workspaceId, secretOf(text))).toBe(binding.fingerprint);
    }
  });

  test('a vault that stays open goes on sealing, in old workspaces and new ones', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    await succeed(rotateMasterKey(made.options));
    const later = [
      await sealNew(made.vault, { workspaceId: 'new' }),
      await sealNew(made.vault, { keyId: 'key-2' }),
    ];
    const other = await secondHandle(made);
    for (const { binding, text } of later) {
      expect(await succeed(textOf(other, binding))).toBe(text);
    }
  });

  test.each([false, true])(
    'leaves nothing in the files that the old key had sealed (compromised: %s)',
    async (compromised) => {
      const made = await newVault();
      for (let n = 0; n < 30; n += 1) {
        await sealNew(made.vault, { workspaceId: `workspace-${n}` });
      }
      const gone = [
        ...underMasterKey(made.directory),
        ...(compromised ? sealedDataKeys(made.directory) : []),
      ];
      expect(gone).toHaveLength(compromised ? 62 : 32);
      const report = await succeed(rotateMasterKey({ ...made.options, compromised }));
      expect(gone.flatMap((bytes) => filesWith(made.directory, bytes))).toEqual([]);
      expect(report.checks).toEqual([
        'vault-keys.sqlite: VACUUM, wal_checkpoint(TRUNCATE) busy=0',
        'vault.sqlite: VACUUM, wal_checkpoint(TRUNCATE) busy=0',
        expect.stringMatching(/^marks of what the old master key had sealed searched for .*: none found$/),
      ]);
    },
  );

  test('works through more rows than a page has', async () => {
    const made = await newVault();
    for (let n = 0; n < 205; n += 1) await sealNew(made.vault, { workspaceId: `workspace-${n}` });
    for (let n = 0; n < 205; n += 1) await sealNew(made.vault, { workspaceId: 'large', keyId: `key-${n}` });
    const seen: Array<string> = [];
    const report = await succeed(
      rotateMasterKey({
        ...made.options,
        compromised: true,
        onProgress: ({ step, done, total }) => seen.push(`${step} ${done}/${total}`),
      }),
    );
    expect(report).toMatchObject({
      renewed: true,
      workspaceKeysResealed: 206,
      workspaceKeysRenewed: 206,
      dataKeysResealed: 410,
      dataKeysUnopened: 0,
    });
    expect(seen).toEqual(
      expect.arrayContaining(['resealing 200/206', 'resealing 206/206', 'renewing 206/206', 'erasing 0/1']),
    );
    const other = await secondHandle(made);
    const last = await sealNew(other, { workspaceId: 'large', keyId: 'last' });
    expect(await succeed(textOf(made.vault, last.binding))).toBe(last.text);
  });

  test('keeps the mode of the key file, follows a link, and leaves no other file', async () => {
    const made = await newVault();
    const path = keyPathOf(made.options);
    chmodSync(path, 0o400);
    const link = join(tempDirectory(), 'link.key');
    symlinkSync(path, link);
    await succeed(rotateMasterKey({ ...made.options, masterKey: byFile(link) }));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(readdirSync(dirname(path)).sort()).toEqual(['master.key', 'vault']);
  });

  test('that is but prepared, or comes to a fault, leaves none of the vault’s files open', async () => {
    const made = await newVault();
    await made.vault.close();
    const other = join(tempDirectory(), 'other.key');
    await succeed(createMasterKeyFile(other));
    const wrong = { ...made.options, masterKey: byFile(other) };
    expect(await faultOf(rotateMasterKey(wrong))).toBe('master-key-wrong');
    await succeed(prepareMasterKeyRotation(made.options));
    expect(openFilesIn(made.directory)).toEqual([]);
  });

  test('twice: each has its own key', async () => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    const first = await succeed(rotateMasterKey(made.options));
    const second = await succeed(rotateMasterKey(made.options));
    expect(second.replacedMasterKeyId).toBe(first.masterKeyId);
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test('an empty vault, too', async () => {
    const made = await newVault();
    const report = await succeed(rotateMasterKey({ ...made.options, compromised: true }));
    expect(report).toMatchObject({ workspaceKeysResealed: 0, workspaceKeysRenewed: 0 });
    const { binding, text } = await sealNew(made.vault);
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });
});

describe('the old master key', () => {
  test('alone opens nothing any more, and the fault says which one is needed', async () => {
    const made = await newVault();
    const old = join(dirname(keyPathOf(made.options)), 'old.key');
    copyFileSync(keyPathOf(made.options), old);
    const { replacedMasterKeyId, masterKeyId } = await succeed(rotateMasterKey(made.options));
    const opening = openVault({ ...made.options, masterKey: byFile(old) });
    expect(await faultOf(opening)).toBe('master-key-wrong');
    expect(await messageOf(opening)).toBe(
      `this vault was sealed with master key ${masterKeyId}, and ${old} holds ${replacedMasterKeyId}: give the right ` +
        `one (a vault that was restored from a backup needs the master key of that time)`,
    );
    const withOld = { ...made.options, masterKey: byFile(old) };
    expect(await faultOf(rotateMasterKey(withOld))).toBe('master-key-wrong');
    // Also where the new key's file is not there yet.
    const toNext = { ...withOld, newMasterKey: byFile(join(tempDirectory(), 'next.key')) };
    expect(await messageOf(rotateMasterKey(toNext))).toBe(await messageOf(opening));
    expect(linesOf(old)).toHaveLength(1);
  });

  test('is needed for a backup of before, and the fault says its id', async () => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    const backup = join(dirname(made.directory), 'backup');
    const old = join(dirname(keyPathOf(made.options)), 'old.key');
    copyFileSync(keyPathOf(made.options), old);
    await made.vault.close();
    cpSync(made.directory, backup, { recursive: true });
    const { replacedMasterKeyId, masterKeyId } = await succeed(rotateMasterKey(made.options));
    expect(await messageOf(openVault({ ...made.options, directory: backup }))).toContain(
      `sealed with master key ${replacedMasterKeyId}, and ${keyPathOf(made.options)} holds ${masterKeyId}`,
    );
    const restored = await succeed(openVault({ directory: backup, masterKey: byFile(old) }));
    expect(await succeed(textOf(restored, binding))).toBe(text);
    await restored.close();
  });
});

describe('a compromised master key', () => {
  test('every workspace has another key, under which all data keys lie', async () => {
    const made = await newVault();
    const sealed = [
      await sealNew(made.vault),
      await sealNew(made.vault, { keyId: 'key-2' }),
      await sealNew(made.vault, { workspaceId: 'globex' }),
    ];
    const before = sealedDataKeys(made.directory);
    const report = await succeed(rotateMasterKey({ ...made.options, compromised: true }));
    expect(report).toMatchObject({ renewed: true, workspaceKeysRenewed: 2, dataKeysResealed: 3 });
    const after = sealedDataKeys(made.directory);
    // The key's id in the header tells under which workspace key it lies.
    const ids = (blobs: ReadonlyArray<Buffer>) => new Set(blobs.map((blob) => blob.toString('hex', 2, 10)));
    expect(ids(before).size).toBe(2);
    expect(ids(after).size).toBe(2);
    expect([...ids(after)].filter((id) => ids(before).has(id))).toEqual([]);
    for (const { binding, text } of sealed) {
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
    }
  });

  test('a plain rotation keeps the workspaces’ keys', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    const before = sealedDataKeys(made.directory);
    expect((await succeed(rotateMasterKey(made.options))).renewed).toBe(false);
    expect(sealedDataKeys(made.directory)).toEqual(before);
  });

  test('a data key that opens under neither is left, counted, and in nobody’s way', async () => {
    const made = await newVault();
    await sealNew(made.vault, { keyId: 'damaged' });
    const { binding, text } = await sealNew(made.vault);
    onFile(made.directory, 'vault-keys.sqlite', (db) =>
      db.exec(`UPDATE data_keys SET sealed = zeroblob(114) WHERE key_id = 'damaged'`),
    );
    const report = await succeed(rotateMasterKey({ ...made.options, compromised: true }));
    expect(report).toMatchObject({ dataKeysResealed: 1, dataKeysUnopened: 1 });
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });
});

describe('while another process reads an older state', () => {
  test('the new key is in use, the rest waits, and is done when run again', async () => {
    const made = await newVault({ busyTimeoutMs: 50 });
    const { binding, text } = await sealNew(made.vault);
    const gone = underMasterKey(made.directory);
    const before = await idOf(made.directory);
    const reader = openReader(made.directory);
    const message = await messageOf(rotateMasterKey(made.options));
    expect(message).toBe(
      'the new master key is in use, but another process reads the vault and old sealed bytes are still in a file: ' +
        'run the rotation again to finish it',
    );
    expect((await succeed(readVaultInfo({ directory: made.directory }))).rotation).toEqual({
      step: 'erasing',
      renews: false,
      replacedMasterKeyId: before,
    });
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
    expect(await faultOf(prepareMasterKeyRotation(made.options))).toBe('rotation-incomplete');
    reader.close();
    const report = await succeed(rotateMasterKey(made.options));
    expect(report).toMatchObject({ resumed: true, replacedMasterKeyId: before });
    // The file had the old key still, so its marks could be searched for.
    expect(report.checks.at(-1)).toContain('none found');
    expect(gone.flatMap((bytes) => filesWith(made.directory, bytes))).toEqual([]);
    expect(linesOf(keyPathOf(made.options))).toHaveLength(1);
  });
});

describe('several rotations at once', () => {
  test.each([false, true])('do one together (compromised: %s)', async (compromised) => {
    const made = await newVault();
    const sealed = await Promise.all(
      ['a', 'b', 'c', 'd'].map((workspaceId) => sealNew(made.vault, { workspaceId })),
    );
    const before = await idOf(made.directory);
    const run = rotateMasterKey({ ...made.options, compromised });
    const reports = await Promise.all([succeed(run), succeed(run), succeed(run)]);
    expect(reports.map(({ masterKeyId }) => masterKeyId)).toContain(await idOf(made.directory));
    expect(reports.map(({ replacedMasterKeyId }) => replacedMasterKeyId)).toContain(before);
    expect(linesOf(keyPathOf(made.options))).toHaveLength(1);
    const other = await secondHandle(made);
    for (const { binding, text } of sealed) {
      expect(await succeed(textOf(other, binding))).toBe(text);
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
    }
  });
});
