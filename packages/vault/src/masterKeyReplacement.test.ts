import fs from 'node:fs';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { makeDurableNow, replaceMasterKeysNow } from './masterKeyReplacement';
import { openFilesIn } from './testSupport/openFiles';
import { tempDirectory } from './testSupport/tempDirectory';

const key = Buffer.alloc(32, 7);
const line = `keyturn-master-key-1:${key.toString('base64')}\n`;

afterEach(() => {
  jest.restoreAllMocks();
});

/** Only root gives files away. */
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;

const failed = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('the keys of a file', () => {
  test('that is not there yet, nor its directories: made for their owner alone', () => {
    const root = tempDirectory();
    const path = join(root, 'deep', 'deeper', 'master.key');
    replaceMasterKeysNow(path, [key]);
    expect(readFileSync(path, 'latin1')).toBe(line);
    expect(
      [path, join(root, 'deep', 'deeper'), join(root, 'deep')].map((made) => statSync(made).mode & 0o777),
    ).toEqual([0o600, 0o700, 0o700]);
  });

  test('in a directory that is there', () => {
    const path = join(tempDirectory(), 'master.key');
    replaceMasterKeysNow(path, [key]);
    expect(readFileSync(path, 'latin1')).toBe(line);
  });

  test('leave no file open, and no other one behind', () => {
    const directory = tempDirectory();
    const path = join(directory, 'master.key');
    writeFileSync(`${path}.new`, 'what a killed process left');
    replaceMasterKeysNow(path, [key]);
    makeDurableNow(path);
    expect(openFilesIn(directory)).toEqual([]);
    expect(readdirSync(directory)).toEqual(['master.key']);
  });

  test.each([
    ['and nothing of the new ones is left', () => undefined],
    ['and has lost the new ones already', (path: string) => rmSync(`${path}.new`)],
  ])('stay as they are when the disk fails, %s', (_, lose) => {
    const directory = tempDirectory();
    const path = join(directory, 'master.key');
    writeFileSync(path, 'as before', { mode: 0o600 });
    jest.spyOn(fs, 'fsyncSync').mockImplementationOnce(() => {
      lose(path);
      throw failed('EIO');
    });
    expect(() => replaceMasterKeysNow(path, [key])).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: `could not replace the master key's file ${path} (EIO): try again`,
      }),
    );
    expect(readdirSync(directory)).toEqual(['master.key']);
    expect(readFileSync(path, 'latin1')).toBe('as before');
    expect(openFilesIn(directory)).toEqual([]);
  });

  test('stay as they are where a link goes round in a circle', () => {
    const path = join(tempDirectory(), 'master.key');
    symlinkSync(path, path);
    expect(() => replaceMasterKeysNow(path, [key])).toThrow(expect.objectContaining({ code: 'unavailable' }));
    expect(existsSync(path)).toBe(false);
  });

  test('can not be put where a directory is', () => {
    const path = join(tempDirectory(), 'master.key');
    mkdirSync(path);
    expect(() => replaceMasterKeysNow(path, [key])).toThrow(
      expect.objectContaining({ code: 'not-writable' }),
    );
  });

  test('that can not be made durable are not said to be', () => {
    const path = join(tempDirectory(), 'master.key');
    expect(() => makeDurableNow(path)).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: `could not make the master key's file ${path} durable (ENOENT): try again`,
      }),
    );
  });

  test('are flushed, and their name is, before they count', () => {
    const directory = tempDirectory();
    const path = join(directory, 'master.key');
    const flushed: number[] = [];
    jest.spyOn(fs, 'fsyncSync').mockImplementation((file) => {
      flushed.push(fs.fstatSync(file).ino);
    });
    replaceMasterKeysNow(path, [key]);
    const [file, name] = [path, directory].map((part) => statSync(part).ino);
    expect(flushed).toEqual([file, name]);
    makeDurableNow(path);
    expect(flushed).toEqual([file, name, file, name]);
  });
});

describeAsRoot('the keys of a file that root replaces', () => {
  test.each([
    ['user', 12_345, 0],
    ['group', 0, 12_345],
    ['user and group', 12_345, 12_346],
  ])('stay another %s’s, who reads them', (_, uid, gid) => {
    const path = join(tempDirectory(), 'master.key');
    writeFileSync(path, 'as before', { mode: 0o400 });
    chownSync(path, uid, gid);
    replaceMasterKeysNow(path, [key]);
    const { uid: owner, gid: group, mode } = statSync(path);
    expect([owner, group, mode & 0o777]).toEqual([uid, gid, 0o400]);
    expect(readFileSync(path, 'latin1')).toBe(line);
  });
});
