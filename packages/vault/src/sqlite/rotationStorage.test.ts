import { afterAll, expect, test } from '@jest/globals';
import { backendAt } from '../backendAt';
import { blobOf } from '../testSupport/database';
import { openFilesIn } from '../testSupport/openFiles';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { newVault, sealNew } from '../testSupport/vaults';

const opened: Array<{ readonly close: () => Promise<void> }> = [];
afterAll(async () => {
  await Promise.all(opened.splice(0).map(({ close }) => close()));
});

const erasable = async () => {
  const { vault, directory } = await newVault();
  await sealNew(vault);
  const { storage, close } = await succeed(backendAt({ directory }).openForRotation);
  opened.push({ close });
  return { storage, directory };
};

test('a rotation keeps no file open once it is closed', async () => {
  const { vault, directory } = await newVault();
  await vault.close();
  const { close } = await succeed(backendAt({ directory }).openForRotation);
  expect(openFilesIn(directory)).not.toEqual([]);
  await close();
  expect(openFilesIn(directory)).toEqual([]);
});

test('a rotation is incomplete while what the old key sealed is in a file', async () => {
  const { storage, directory } = await erasable();
  const mark = blobOf(directory, { file: 'vault-keys.sqlite', table: 'data_keys', column: 'sealed' });
  expect(await faultOf(storage.erase([mark.subarray(0, 32)], 'erased'))).toBe('rotation-incomplete');
  expect(await messageOf(storage.erase([mark.subarray(0, 32)], 'erased'))).toBe(
    'the new master key is in use, but bytes that the old one had sealed are still in a file: ' +
      'run the rotation again to finish it',
  );
});

test('a rotation that has no old key at hand says that its marks were not searched for', async () => {
  const { storage } = await erasable();
  expect((await succeed(storage.erase([], 'erased'))).at(-1)).toBe(
    'the old master key was not at hand, so its marks were not searched for',
  );
});
