import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readMasterKeyFile } from './masterKeyFile';
import { createVault } from './openVault';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { tempDirectory } from './testSupport/tempDirectory';

const fileOf = (content: string, mode = 0o600): string => {
  const path = join(tempDirectory(), 'master.key');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
};

/** Only root gives files away, and takes on other users: elsewhere these tests are left out, and jest says so. */
const describeAsRoot = process.geteuid?.() === 0 ? describe : describe.skip;

describeAsRoot('who owns the master key', () => {
  const line = `keyturn-master-key-1:${Buffer.alloc(32, 7).toString('base64')}\n`;
  const NOBODY = 65_534;

  test('I-22: a key that another user planted in a directory for all is refused', async () => {
    const shared = tempDirectory();
    chmodSync(shared, 0o1777);
    const path = join(shared, 'planted');
    writeFileSync(path, line, { mode: 0o600 });
    chownSync(path, NOBODY, NOBODY);
    expect(await faultOf(readMasterKeyFile(path))).toBe('master-key-exposed');
    expect(await messageOf(readMasterKeyFile(path))).toContain(`${path} belongs to another user (uid 65534)`);
    const vault = createVault({ directory: join(shared, 'vault'), masterKey: { kind: 'file', path } });
    expect(await faultOf(vault)).toBe('master-key-exposed');
    chownSync(path, 0, 0);
    expect(await faultOf(readMasterKeyFile(path))).toBe('no fault');
  });

  test('I-22: a key in a directory of another user, or behind a link of one, is refused', async () => {
    const theirs = join(tempDirectory(), 'theirs');
    mkdirSync(theirs);
    const ours = fileOf(line);
    writeFileSync(join(theirs, 'key'), line, { mode: 0o600 });
    symlinkSync(ours, join(theirs, 'link'));
    chownSync(theirs, NOBODY, NOBODY);
    expect(await faultOf(readMasterKeyFile(join(theirs, 'key')))).toBe('master-key-exposed');
    expect(await faultOf(readMasterKeyFile(join(theirs, 'link')))).toBe('master-key-exposed');
    const link = join(tempDirectory(), 'link');
    symlinkSync(ours, link);
    expect(await faultOf(readMasterKeyFile(link))).toBe('no fault');
    lchownSync(link, NOBODY, NOBODY);
    expect(await faultOf(readMasterKeyFile(link))).toBe('master-key-exposed');
  });

  test('I-27: a chain of links, as a platform mounts a key, opens', async () => {
    const mount = tempDirectory();
    mkdirSync(join(mount, '..2026_11_28'));
    writeFileSync(join(mount, '..2026_11_28', 'key'), line, { mode: 0o400 });
    symlinkSync('..2026_11_28', join(mount, '..data'));
    symlinkSync('..data/key', join(mount, 'key'));
    chmodSync(mount, 0o1777);
    expect(await succeed(readMasterKeyFile(join(mount, 'key')))).toEqual([Buffer.alloc(32, 7)]);
  });

  /** As user 12345 with group 12346, in a process of its own on what was built. */
  const AS_ANOTHER = [
    'setpriv',
    '--reuid',
    '12345',
    '--regid',
    '12346',
    '--clear-groups',
    process.execPath,
    '-e',
  ];
  const asAnother = (...words: ReadonlyArray<string>) => {
    const [file = '', ...before] = AS_ANOTHER;
    return spawnSync(file, [...before, ...words], { encoding: 'utf8' });
  };
  const built = `require(${JSON.stringify(join(__dirname, '..', 'dist', 'masterKeyFile.js'))})`;
  /** Left out where another user can't read this checkout, or there is no `setpriv`. */
  const describeAsAnother = asAnother(built).status === 0 ? describe : describe.skip;

  describeAsAnother('in a process of another user', () => {
    test.each([
      ['taken', 0o440, 0, 12_346],
      ['taken', 0o640, 0, 12_346],
      ['taken', 0o400, 12_345, 12_346],
      // Its owner could have made it private.
      ['master-key-exposed', 0o440, 12_345, 12_346],
      ['master-key-exposed', 0o660, 0, 12_346],
      ['master-key-exposed', 0o444, 0, 12_346],
      // Read by way of "others"; the group is not ours.
      ['master-key-exposed', 0o444, 0, 0],
      ['master-key-exposed', 0o400, 54_321, 12_346],
    ])('I-27: %s with mode %i of user %i and group %i', (outcome, mode, uid, gid) => {
      const path = fileOf(line, mode);
      chmodSync(dirname(path), 0o755);
      chownSync(path, uid, gid);
      const { stdout } = asAnother(
        `${built}.readMasterKeyFile(process.argv[1])()
         .then(({ _tag, left }) => process.stdout.write(_tag === 'Left' ? left.code : 'taken'))`,
        path,
      );
      expect(stdout).toBe(outcome);
    });
  });

  test('I-27: a group that is not ours is refused to root, too', async () => {
    const path = fileOf(line, 0o440);
    expect(await faultOf(readMasterKeyFile(path))).toBe('no fault');
    chownSync(path, 0, 12_346);
    expect(await faultOf(readMasterKeyFile(path))).toBe('master-key-exposed');
    expect(await messageOf(readMasterKeyFile(path))).toContain('chmod 600 on it (or 440,');
  });
});
