import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createMasterKeyFile } from './masterKeyFile';
import { createVault, openVault, readVaultInfo } from './openVault';
import { DEFAULT_COST } from './passphrase';
import { withCheapPassphrases } from './testSupport/cheapPassphrases';
import { onFile } from './testSupport/database';
import { failNextFlush } from './testSupport/failingDisk';
import { secretOf } from './testSupport/generators';
import { remnantsOfRegExp } from './testSupport/remnants';
import { openFilesIn } from './testSupport/openFiles';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { tempDirectory } from './testSupport/tempDirectory';
import { bindingOf, newVault, sealNew, textOf } from './testSupport/vaults';

withCheapPassphrases();

const byPassphrase = (text: string) => ({ kind: 'passphrase' as const, passphrase: Buffer.from(text) });

const keyFile = async (): Promise<{ readonly path: string; readonly masterKeyId: string }> => {
  const path = join(tempDirectory(), 'master.key');
  return { path, ...(await succeed(createMasterKeyFile(path))) };
};

const modes = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory).map(
    (name) => `${name} ${(statSync(join(directory, name)).mode & 0o777).toString(8)}`,
  );

afterEach(() => {
  jest.restoreAllMocks();
});

describe('createVault', () => {
  test('makes files that only their owner can read, while open and after', async () => {
    const { vault, directory } = await newVault();
    await sealNew(vault);
    expect(modes(directory)).toEqual([
      'vault-keys.sqlite 600',
      'vault-keys.sqlite-shm 600',
      'vault-keys.sqlite-wal 600',
      'vault.sqlite 600',
      'vault.sqlite-shm 600',
      'vault.sqlite-wal 600',
    ]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    await vault.close();
    expect(modes(directory)).toEqual(['vault-keys.sqlite 600', 'vault.sqlite 600']);
  });

  test('goes on where a creation was cut off', async () => {
    const made = await newVault();
    const secret = secretOf('x'.repeat(20));
    await made.vault.close();
    onFile(made.directory, 'vault.sqlite', (db) => db.exec('DELETE FROM deployment'));
    expect(await faultOf(openVault(made.options))).toBe('not-initialised');
    expect(await faultOf(readVaultInfo({ directory: made.directory }))).toBe('not-initialised');
    const vault = await succeed(createVault(made.options));
    expect(vault.deploymentId).toBe(made.vault.deploymentId);
    await succeed(vault.seal(bindingOf(vault, secret), secret));
    await vault.close();
  });

  test('says so when the directory can not be made', async () => {
    const { path } = await keyFile();
    const masterKey = { kind: 'file' as const, path };
    expect(await faultOf(createVault({ directory: join(path, 'vault'), masterKey }))).toBe('not-writable');
  });

  test('says so when the disk fails before the new files are durable; the vault opens afterwards', async () => {
    const { path } = await keyFile();
    const options = { directory: join(tempDirectory(), 'vault'), masterKey: { kind: 'file' as const, path } };
    await failNextFlush();
    expect(await messageOf(createVault(options))).toBe(
      `could not make ${options.directory} durable (EIO): try again`,
    );
    expect(openFilesIn(options.directory)).toEqual([]);
    expect(await faultOf(createVault(options))).toBe('already-initialised');
    await (await succeed(openVault(options))).close();
  });

  test('a master key inside the directory is refused', async () => {
    const directory = tempDirectory();
    const path = join(directory, 'deeper', 'master.key');
    await succeed(createMasterKeyFile(path));
    const creating = createVault({ directory, masterKey: { kind: 'file', path } });
    expect(await faultOf(creating)).toBe('master-key-exposed');
    expect(await messageOf(creating)).toBe(
      `the master key ${path} lies inside the vault's directory, so every copy of the vault would have it: ` +
        'move it elsewhere',
    );
    expect(readdirSync(directory)).toEqual(['deeper']);
  });

  test('a master key that is the directory itself is inside it, and the one above is not', async () => {
    const root = tempDirectory();
    const directory = join(root, 'vault');
    const by = (path: string) => createVault({ directory, masterKey: { kind: 'file', path } });
    expect(await faultOf(by(directory))).toBe('master-key-exposed');
    chmodSync(root, 0o700);
    expect(await faultOf(by(root))).toBe('master-key-missing');
  });

  test('a master key beside the directory is taken, whatever their names', async () => {
    const root = tempDirectory();
    const path = join(root, 'vault.key');
    await succeed(createMasterKeyFile(path));
    const options = { directory: join(root, 'vault'), masterKey: { kind: 'file' as const, path } };
    await (await succeed(createVault(options))).close();
    expect(await faultOf(readVaultInfo({ directory: options.directory }))).toBe('no fault');
  });

  test('a passphrase that costs too little to guess is a mistake of the program', () => {
    const options = { directory: tempDirectory(), masterKey: byPassphrase('one') };
    expect(() => createVault({ ...options, passphraseCost: { ...DEFAULT_COST, passes: 2 } })).toThrow(
      RangeError,
    );
  });
});

describe('the master key', () => {
  test('one that others can read, or that is missing, or garbage', async () => {
    const made = await newVault();
    const { path } = await keyFile();
    const options = { ...made.options, masterKey: { kind: 'file' as const, path } };
    chmodSync(path, 0o644);
    expect(await faultOf(openVault(options))).toBe('master-key-exposed');
    chmodSync(path, 0o600);
    writeFileSync(path, 'garbage');
    expect(await faultOf(openVault(options))).toBe('master-key-wrong');
    rmSync(path);
    expect(await faultOf(openVault(options))).toBe('master-key-missing');
  });

  test('a passphrase where a file is wanted', async () => {
    const made = await newVault();
    expect(await faultOf(openVault({ ...made.options, masterKey: byPassphrase('one') }))).toBe(
      'master-key-wrong',
    );
  });
});

test('I-42: opening leaves nothing of the master key in the last match of a regular expression', async () => {
  const made = await newVault();
  await made.vault.close();
  const { path } = await keyFile();
  const [, key = ''] = readFileSync(
    made.options.masterKey.kind === 'file' ? made.options.masterKey.path : path,
    'latin1',
  ).split(':');
  expect(/before/.exec('the last match before')).not.toBeNull();
  await (await succeed(openVault(made.options))).close();
  expect(key).toHaveLength(45);
  expect(remnantsOfRegExp()).not.toContain(key.slice(0, 12));
});

describe('a passphrase', () => {
  const made = async () => {
    const options = { directory: join(tempDirectory(), 'vault'), masterKey: byPassphrase('one') };
    const vault = await succeed(createVault(options));
    const sealed = await sealNew(vault);
    await vault.close();
    return { options, ...sealed };
  };

  test('opens the vault again, with the parameters that were stored', async () => {
    const { options, binding, text } = await made();
    expect((await succeed(readVaultInfo({ directory: options.directory }))).masterKeyKind).toBe('passphrase');
    const vault = await succeed(openVault(options));
    expect(await succeed(textOf(vault, binding))).toBe(text);
    await vault.close();
  });

  test('another one does not, nor an empty one, nor a key file', async () => {
    const { options } = await made();
    const { path } = await keyFile();
    expect(await faultOf(openVault({ ...options, masterKey: byPassphrase('two') }))).toBe('master-key-wrong');
    expect(await faultOf(openVault({ ...options, masterKey: byPassphrase('') }))).toBe('master-key-missing');
    expect(await faultOf(openVault({ ...options, masterKey: { kind: 'file', path } }))).toBe(
      'master-key-wrong',
    );
  });

  test('costs 256 MiB, 3 passes, 1 lane unless said otherwise', async () => {
    const options = { directory: join(tempDirectory(), 'vault'), masterKey: byPassphrase('one') };
    const vault = await succeed(createVault(options));
    const { binding, text } = await sealNew(vault);
    await vault.close();
    const stored = onFile(options.directory, 'vault.sqlite', (db) =>
      db.prepare('SELECT argon2_memory_kib, argon2_passes, argon2_lanes FROM deployment').get(),
    );
    expect(stored).toEqual({ argon2_memory_kib: 262_144, argon2_passes: 3, argon2_lanes: 1 });
    const again = await succeed(openVault(options));
    expect(await succeed(textOf(again, binding))).toBe(text);
    await again.close();
  });
});

describe('a vault that does not open', () => {
  test.each(['sealed_secrets', 'workspace_keys'])(
    'for want of its table %s is not kept open',
    async (table) => {
      const made = await newVault();
      await made.vault.close();
      onFile(made.directory, 'vault.sqlite', (db) => db.exec(`DROP TABLE ${table}`));
      expect(await faultOf(openVault(made.options))).toBe('schema-altered');
      expect(openFilesIn(made.directory)).toEqual([]);
    },
  );

  test.each([
    ['are missing', rmSync, 'vault-keys.sqlite is missing: restore it from a backup'],
    [
      'are no database',
      (path: string) => writeFileSync(path, 'garbage '.repeat(100)),
      'vault-keys.sqlite: SQLITE_NOTADB: the file is no database: restore the vault from a backup',
    ],
    [
      'belong to no vault',
      (path: string) => onFile(dirname(path), basename(path), (db) => db.exec('DELETE FROM deployment')),
      'vault.sqlite and vault-keys.sqlite are of different vaults: restore both from the same backup',
    ],
  ])('since its data keys %s says so', async (_, damage, message) => {
    const made = await newVault();
    await made.vault.close();
    damage(join(made.directory, 'vault-keys.sqlite'));
    expect(await faultOf(openVault(made.options))).toBe('tampered');
    expect(await messageOf(openVault(made.options))).toBe(message);
    expect(openFilesIn(made.directory)).toEqual([]);
  });
});

test('what is told of a vault is read without keeping it open', async () => {
  const made = await newVault();
  await made.vault.close();
  expect(await faultOf(readVaultInfo({ directory: made.directory }))).toBe('no fault');
  expect(openFilesIn(made.directory)).toEqual([]);
});

describe('openVault', () => {
  test('nothing there: says so and makes nothing', async () => {
    const directory = tempDirectory();
    const { path } = await keyFile();
    const masterKey = { kind: 'file' as const, path };
    expect(await faultOf(openVault({ directory, masterKey }))).toBe('not-initialised');
    expect(await faultOf(openVault({ directory: join(directory, 'none'), masterKey }))).toBe(
      'not-initialised',
    );
    expect(await faultOf(readVaultInfo({ directory }))).toBe('not-initialised');
    expect(readdirSync(directory)).toEqual([]);
  });

  test('the file of the data keys is missing: never made anew', async () => {
    const made = await newVault();
    await made.vault.close();
    rmSync(join(made.directory, 'vault-keys.sqlite'));
    expect(await faultOf(openVault(made.options))).toBe('tampered');
    expect(readdirSync(made.directory)).not.toContain('vault-keys.sqlite');
  });

  test('the data keys of another vault', async () => {
    const [one, other] = [await newVault(), await newVault()];
    await one.vault.close();
    await other.vault.close();
    copyFileSync(join(other.directory, 'vault-keys.sqlite'), join(one.directory, 'vault-keys.sqlite'));
    expect(await faultOf(openVault(one.options))).toBe('tampered');
  });

  test.each(['vault.sqlite', 'vault-keys.sqlite'])('%s is no database', async (file) => {
    const made = await newVault();
    await made.vault.close();
    writeFileSync(join(made.directory, file), 'garbage '.repeat(1000));
    expect(await faultOf(openVault(made.options))).toBe('tampered');
  });

  test.each([
    ['vault.sqlite', 'not-initialised'],
    ['vault-keys.sqlite', 'tampered'],
  ])('%s was emptied: %s', async (file, fault) => {
    const made = await newVault();
    await made.vault.close();
    writeFileSync(join(made.directory, file), '');
    expect(await faultOf(openVault(made.options))).toBe(fault);
  });
});
