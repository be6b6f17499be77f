import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import * as TE from 'fp-ts/TaskEither';
import { keyIdOf } from './mac';
import { createMasterKeyFile, readMasterKeyFile } from './masterKeyFile';
import { formatMasterKeys, parseMasterKeys } from './masterKeyLines';
import { createVault } from './openVault';
import { failNextFlush } from './testSupport/failingDisk';
import { openFilesIn } from './testSupport/openFiles';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { remnantsOfRegExp } from './testSupport/remnants';
import { tempDirectory } from './testSupport/tempDirectory';

const place = (): string => join(tempDirectory(), 'master.key');

const fileOf = (content: string | Uint8Array, mode = 0o600): string => {
  const path = place();
  writeFileSync(path, content, { mode });
  chmodSync(path, mode);
  return path;
};

afterEach(() => {
  jest.restoreAllMocks();
});

/** Only root gives files away, and takes on other users: elsewhere these tests are left out, and jest says so. */
const describeAsRoot = process.geteuid?.() === 0 ? describe : describe.skip;

describe('createMasterKeyFile', () => {
  test('makes one versioned line that only its owner can read', async () => {
    const path = place();
    const { masterKeyId } = await succeed(createMasterKeyFile(path));
    expect(readFileSync(path, 'latin1')).toMatch(/^keyturn-master-key-1:[A-Za-z0-9+/]{43}=\n$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const keys = await succeed(readMasterKeyFile(path));
    expect(keys.map((key) => keyIdOf(key).toString('hex'))).toEqual([masterKeyId]);
  });

  test('has mode 0600 whatever the umask', async () => {
    const before = process.umask(0o277);
    try {
      const path = place();
      await succeed(createMasterKeyFile(path));
      expect(statSync(path).mode & 0o777).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });

  test('leaves no key in the memory that small buffers share', async () => {
    const path = place();
    const slabs = new Set([Buffer.from('any').buffer]);
    await succeed(createMasterKeyFile(path));
    slabs.add(Buffer.from('any').buffer);
    const held = [...slabs].map((slab) => Buffer.from(slab).toString('latin1'));
    const key = readFileSync(path, 'latin1').split(':')[1]?.slice(0, 12) ?? '';
    expect(key).toHaveLength(12);
    expect(held.filter((content) => content.includes(key))).toEqual([]);
  });

  test('leaves a file alone that is there', async () => {
    const path = fileOf('something else');
    expect(await createMasterKeyFile(path)()).toMatchObject(
      E.left({ code: 'already-initialised', cause: { code: 'EEXIST' } }),
    );
    expect(readFileSync(path, 'utf8')).toBe('something else');
  });

  test('makes a different key each time', async () => {
    const [one, other] = [
      await succeed(createMasterKeyFile(place())),
      await succeed(createMasterKeyFile(place())),
    ];
    expect(one.masterKeyId).not.toBe(other.masterKeyId);
  });

  test('says so when it can not be written', async () => {
    const path = join(fileOf('a file, not a directory'), 'master.key');
    expect(await faultOf(createMasterKeyFile(path))).toBe('not-writable');
    expect(await messageOf(createMasterKeyFile(path))).toContain(
      `could not create the directory ${dirname(path)}`,
    );
  });

  test.each([
    ['leaves no file', () => undefined],
    ['leaves none of a file that is lost already', (path: string) => rmSync(path)],
  ])('%s, open or on the disk, when the disk fails before it is durable', async (_, lose) => {
    const path = place();
    await failNextFlush(() => lose(path));
    const fault = await createMasterKeyFile(path)();
    expect(fault).toMatchObject(E.left({ code: 'unavailable', cause: { code: 'EIO' } }));
    expect(await messageOf(TE.fromEither(fault))).toBe(
      `could not write the master key to ${path} (EIO): try again`,
    );
    expect(readdirSync(dirname(path))).toEqual([]);
    expect(openFilesIn(dirname(path))).toEqual([]);
  });
});

describe('readMasterKeyFile', () => {
  const line = (fill = 7): string => `keyturn-master-key-1:${Buffer.alloc(32, fill).toString('base64')}`;

  test('a missing file', async () => {
    expect(await readMasterKeyFile(place())()).toMatchObject(
      E.left({ code: 'master-key-missing', cause: { code: 'ENOENT' } }),
    );
  });

  test('a directory', async () => {
    const path = place();
    mkdirSync(path, { mode: 0o700 });
    expect(await faultOf(readMasterKeyFile(path))).toBe('master-key-missing');
    expect(await messageOf(readMasterKeyFile(path))).toBe(
      `${path} is not a file: name the master key's file`,
    );
    expect(openFilesIn(path)).toEqual([]);
  });

  test.each([0o604, 0o660, 0o644, 0o610, 0o602, 0o444])('mode %i lets others reach it', async (mode) => {
    expect(await faultOf(readMasterKeyFile(fileOf(`${line()}\n`, mode)))).toBe('master-key-exposed');
  });

  test.each([0o600, 0o400])('mode %i is taken', async (mode) => {
    expect(await succeed(readMasterKeyFile(fileOf(`${line()}\n`, mode)))).toEqual([Buffer.alloc(32, 7)]);
  });

  test('a line without its end is taken', async () => {
    expect(await succeed(readMasterKeyFile(fileOf(line())))).toEqual([Buffer.alloc(32, 7)]);
  });

  test('two lines, of different keys, are the present key and the coming one', async () => {
    expect(await succeed(readMasterKeyFile(fileOf(`${line()}\n${line(8)}\n`)))).toEqual([
      Buffer.alloc(32, 7),
      Buffer.alloc(32, 8),
    ]);
  });

  test('a pipe is not waited for', async () => {
    const path = place();
    execFileSync('mkfifo', ['-m', '600', path]);
    expect(await faultOf(readMasterKeyFile(path))).toBe('master-key-missing');
  });

  test.each([
    ['a line end of Windows', (own: string) => `${own}\r\n`],
    ['two line ends', (own: string) => `${own}\n\n`],
    ['a line end of old', (own: string) => `${own}\r`],
    ['a BOM', (own: string) => `\ufeff${own}\n`],
    ['empty lines all around, and a BOM', (own: string) => `\ufeff\r\n\n${own}\r\n\r\n`],
  ])('I-25: %s is no part of the key', async (_, content) => {
    expect(await succeed(readMasterKeyFile(fileOf(content(line()))))).toEqual([Buffer.alloc(32, 7)]);
    expect(await succeed(readMasterKeyFile(fileOf(content(`${line()}\r\n\r\n${line(8)}`))))).toEqual([
      Buffer.alloc(32, 7),
      Buffer.alloc(32, 8),
    ]);
  });

  test.each([
    ['behind', (own: string) => `${own} \n`],
    ['before', (own: string) => ` ${own}\n`],
    ['within', (own: string) => `${own.slice(0, 30)} ${own.slice(30)}\n`],
    ['as a tab', (own: string) => `${own}\t\n`],
    ['in a line of its own', (own: string) => `${own}\n \n`],
  ])('I-25: a space %s is named as what is wrong', async (_, content) => {
    const path = fileOf(content(line()));
    expect(await faultOf(readMasterKeyFile(path))).toBe('master-key-wrong');
    expect(await messageOf(readMasterKeyFile(path))).toContain('has a space or a tab');
  });

  test('every key that is written is read as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const key = Buffer.from(bytes);
        expect(parseMasterKeys('a', formatMasterKeys([key]))).toEqual([key]);
      }),
    );
  });

  test('I-42: nothing of the key is in the last match of a regular expression', async () => {
    const path = fileOf(`${line()}\n${line(8)}\n`);
    expect(/before/.exec('the last match before')).not.toBeNull();
    await succeed(readMasterKeyFile(path));
    const remnants = remnantsOfRegExp();
    for (const fill of [7, 8]) expect(remnants).not.toContain(line(fill).slice(30, 40));
  });

  test.each([
    ['nothing', ''],
    ['binary', Buffer.alloc(100, 0xff)],
    ['no version', `${Buffer.alloc(32, 7).toString('base64')}\n`],
    ['another version', `${line().replace('key-1', 'key-2')}\n`],
    ['a key too short', `keyturn-master-key-1:${Buffer.alloc(31, 7).toString('base64')}\n`],
    ['one key twice', `${line()}\n${line()}\n`],
    ['three keys', `${line()}\n${line(8)}\n${line(9)}\n`],
    ['a key and half of another', `${line()}\n${line(8).slice(0, 40)}\n`],
    ['a key, and another with bits beyond it', `${line()}\n${line(8).slice(0, -2)}d=\n`],
    ['a long file', `${line()}\n`.repeat(100)],
    ['a letter that base64 ignores', `${line().slice(0, -2)}==\n`],
    ['bits beyond the key', `${line().slice(0, -2)}d=\n`],
  ])('garbage: %s', async (_, content) => {
    expect(await faultOf(readMasterKeyFile(fileOf(content)))).toBe('master-key-wrong');
  });

  test('no message has anything of the key', async () => {
    const encoded = Buffer.alloc(31, 0x61).toString('base64').slice(0, 40);
    const path = fileOf(`keyturn-master-key-1:${encoded}\n`);
    expect(await messageOf(readMasterKeyFile(path))).not.toContain(encoded.slice(0, 8));
  });
});

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
  const asAnother = (program: string, ...words: ReadonlyArray<string>) =>
    spawnSync(
      'setpriv',
      ['--reuid', '12345', '--regid', '12346', '--clear-groups', process.execPath, '-e', program, ...words],
      { encoding: 'utf8' },
    );
  const built = `require(${JSON.stringify(join(__dirname, '..', 'dist', 'masterKeyFile.js'))})`;
  /** Left out where another user can't read this checkout, or there is no `setpriv`. */
  const testAsAnother = asAnother(built).status === 0 ? test : test.skip;

  testAsAnother.each([
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

  test('I-27: a group that is not ours is refused to root, too', async () => {
    const path = fileOf(line, 0o440);
    expect(await faultOf(readMasterKeyFile(path))).toBe('no fault');
    chownSync(path, 0, 12_346);
    expect(await faultOf(readMasterKeyFile(path))).toBe('master-key-exposed');
    expect(await messageOf(readMasterKeyFile(path))).toContain('chmod 600 on it (or 440,');
  });
});
