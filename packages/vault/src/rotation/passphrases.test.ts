import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createVault, openVault } from '../openVault';
import { withCheapPassphrases } from '../testSupport/cheapPassphrases';
import { onFile } from '../testSupport/database';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { byFile, byPassphrase, CHEAP, keyPathOf, linesOf } from '../testSupport/rotations';
import { tempDirectory } from '../testSupport/tempDirectory';
import { newVault, sealNew, textOf } from '../testSupport/vaults';
import { rotateMasterKey } from './rotateMasterKey';

withCheapPassphrases();

const made = async () => {
  const options = { directory: join(tempDirectory(), 'vault'), masterKey: byPassphrase('one') };
  const vault = await succeed(createVault({ ...options, passphraseCost: CHEAP }));
  return { options, vault, ...(await sealNew(vault)) };
};
const to = (text: string) => ({ newMasterKey: byPassphrase(text), passphraseCost: CHEAP });

test('a new one; a vault that was opened with the old one goes on until then, and says why it ends', async () => {
  const { options, vault, binding, text } = await made();
  const seen: Array<string> = [];
  const { masterKeyId, replacedMasterKeyId, checks } = await succeed(
    rotateMasterKey({
      ...options,
      ...to('two'),
      onProgress: ({ step }) => seen.push(step),
    }),
  );
  expect(seen).toEqual(['resealing', 'erasing']);
  expect(checks.at(-1)).toContain('none found');
  expect(await faultOf(textOf(vault, binding))).toBe('master-key-wrong');
  expect(await messageOf(textOf(vault, binding))).toBe(
    `the vault went over from master key ${replacedMasterKeyId}, which this process was opened with, to another, ` +
      `${masterKeyId}, and passphrases are not kept: start it again with the new one`,
  );
  await vault.close();
  expect(await faultOf(openVault(options))).toBe('master-key-wrong');
  const again = await succeed(openVault({ ...options, masterKey: byPassphrase('two') }));
  expect(await succeed(textOf(again, binding))).toBe(text);
  await again.close();
  // Run once more with the same words, it does nothing more.
  expect(await succeed(rotateMasterKey({ ...options, ...to('two') }))).toMatchObject({
    masterKeyId,
    resumed: true,
    renewed: false,
    checks: [],
    workspaceKeysResealed: 0,
  });
});

test('the same one is none', async () => {
  const { options, vault } = await made();
  await vault.close();
  expect(await faultOf(rotateMasterKey({ ...options, ...to('one') }))).toBe('master-key-wrong');
  expect(await messageOf(rotateMasterKey(options))).toContain('choose another');
});

test('one that was begun with goes on with the same new one, until that is started over', async () => {
  const { options, vault, binding, text } = await made();
  // Nothing goes over while a workspace's key does not open.
  const [sealed] = onFile(options.directory, 'vault.sqlite', (db) =>
    db.pluck<[], Buffer>('SELECT sealed FROM workspace_keys').all(),
  );
  const put = (bytes: Buffer = Buffer.alloc(114)) =>
    onFile(options.directory, 'vault.sqlite', (db) =>
      db.prepare('UPDATE workspace_keys SET sealed = ?').run(bytes),
    );
  put();
  expect(await faultOf(rotateMasterKey({ ...options, ...to('two') }))).toBe('tampered');
  put(sealed);
  expect(await succeed(textOf(vault, binding))).toBe(text);
  expect(await messageOf(rotateMasterKey({ ...options, ...to('three') }))).toContain('the passphrase gives');
  expect(await faultOf(rotateMasterKey({ ...options, newMasterKey: byFile('/nowhere') }))).toBe(
    'master-key-wrong',
  );
  expect(await messageOf(rotateMasterKey({ ...options, newMasterKey: byFile('/nowhere') }))).toContain(
    'which comes from a passphrase, and a file was given: give the passphrase, or start over',
  );
  expect(await faultOf(rotateMasterKey({ ...options, ...to('three'), startOver: true }))).toBe('no fault');
  await vault.close();
  expect(await faultOf(openVault({ ...options, masterKey: byPassphrase('two') }))).toBe('master-key-wrong');
  const again = await succeed(openVault({ ...options, masterKey: byPassphrase('three') }));
  expect(await succeed(textOf(again, binding))).toBe(text);
  await again.close();
});

test('from a file to a passphrase, and to a file again', async () => {
  const { vault, options } = await newVault();
  const { binding, text } = await sealNew(vault);
  const path = keyPathOf(options);
  const content = readFileSync(path);
  await succeed(rotateMasterKey({ ...options, ...to('two') }));
  expect(readFileSync(path)).toEqual(content);
  expect(await messageOf(textOf(vault, binding))).toContain(
    `this vault's master key comes from a passphrase, and a file was given`,
  );
  const next = byFile(join(dirname(path), 'deeper', 'next.key'));
  const back = { ...options, masterKey: byPassphrase('two'), newMasterKey: next };
  const report = await succeed(rotateMasterKey(back));
  expect(linesOf(next.path)).toHaveLength(1);
  const again = await succeed(openVault({ ...options, masterKey: next }));
  expect(await succeed(textOf(again, binding))).toBe(text);
  await again.close();
  expect(await succeed(rotateMasterKey(back))).toMatchObject({
    masterKeyId: report.masterKeyId,
    resumed: true,
  });
});
