import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openVault } from '../openVault';
import { faultOf, succeed } from '../testSupport/outcomes';
import { shred } from '../testSupport/shredding';
import { tempDirectory } from '../testSupport/tempDirectory';
import { closedAfterwards, newVault, sealNew, textOf } from '../testSupport/vaults';
import { copyVault } from './copyFiles';

const codeOf = (run: () => void): unknown => {
  try {
    run();
    return null;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
  }
};

test('a copy opens as the vault does, and is of the moment at which nobody can write', async () => {
  const { vault, directory, options } = await newVault();
  const { binding, text } = await sealNew(vault);
  const to = tempDirectory();
  const other = openSqlite(join(directory, 'vault.sqlite'), { busyTimeoutMs: 0 });
  const write = (): void => {
    other.transaction('immediate', () => other.exec('UPDATE sealed_secrets SET named = 1'));
  };
  const copy = await succeed(copyVault({ directory, to, whileHeld: () => codeOf(write) }));
  expect(copy).toEqual({
    deploymentId: vault.deploymentId,
    masterKeyId: expect.stringMatching(/^[0-9a-f]{16}$/),
    logKeyNumber: 1,
    held: 'SQLITE_BUSY',
  });
  expect(codeOf(write)).toBeNull();
  other.close();
  const [rows, keys] = ['vault.sqlite', 'vault-keys.sqlite'].map((file) =>
    statSync(join(to, file), { bigint: true }),
  );
  expect([rows, keys].map((one) => Number(one?.mode ?? 0n) & 0o777)).toEqual([0o600, 0o600]);
  // An add stores its data key first, a shred takes it first: the data keys are copied last.
  expect(Number(rows?.mtimeNs ?? 0n)).toBeLessThan(Number(keys?.mtimeNs ?? 0n));
  const { masterKey } = options;
  const opened = closedAfterwards(await succeed(openVault({ directory: to, masterKey })));
  expect(await succeed(textOf(opened, binding))).toBe(text);
});

test('a copy has nothing of what was shredded before', async () => {
  const { vault, directory } = await newVault();
  const { binding } = await sealNew(vault);
  const before = tempDirectory();
  cpSync(directory, before, { recursive: true });
  await succeed(shred(vault, 'acme', [binding.keyId]));
  const to = tempDirectory();
  await succeed(copyVault({ directory, to, whileHeld: () => null }));
  for (const file of ['vault.sqlite', 'vault-keys.sqlite']) {
    expect(readFileSync(join(to, file)).includes(binding.keyId)).toBe(false);
  }
});

test('is a fault where there is no vault, and where the place is taken', async () => {
  const { directory } = await newVault();
  const to = tempDirectory();
  expect(await faultOf(copyVault({ directory: to, to, whileHeld: () => null }))).toBe('not-initialised');
  mkdirSync(join(to, 'vault.sqlite'));
  expect(await faultOf(copyVault({ directory, to, whileHeld: () => null }))).not.toBeNull();
  rmSync(join(to, 'vault.sqlite'), { recursive: true });
});
