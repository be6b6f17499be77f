import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import * as TE from 'fp-ts/TaskEither';
import { keyIdOf } from './mac';
import { createMasterKeyFile, readMasterKeyFile } from './masterKeyFile';
import { formatMasterKeys, parseMasterKeys } from './masterKeyLines';
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
