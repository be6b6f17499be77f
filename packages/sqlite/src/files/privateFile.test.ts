import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireOwnWay } from './directories';
import { preparePrivateFile, requireNoLink } from './privateFile';

/** Only root gives files away: elsewhere these tests are left out, and jest says so. */
const describeAsRoot = process.geteuid?.() === 0 ? describe : describe.skip;

const NOBODY = 65_534;
const unsafe = (part: string) =>
  expect.objectContaining({ code: 'unsafe-file', message: expect.stringContaining(part) });

let root: string;
const made: string[] = [];
const warnings: string[] = [];
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-files-')));
  made.push(root);
  warnings.length = 0;
  jest.spyOn(process, 'emitWarning').mockImplementation((warning) => {
    warnings.push(String(warning));
  });
});
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('a file of ours', () => {
  test.each([0o022, 0o277, 0])('is made for its owner alone, whatever the umask (%i)', (umask) => {
    const before = process.umask(umask);
    try {
      const file = join(root, 'file.sqlite');
      preparePrivateFile(file, { create: true });
      expect(modeOf(file)).toBe(0o600);
    } finally {
      process.umask(before);
    }
  });

  test('is not made where it is to be there already', () => {
    preparePrivateFile(join(root, 'file.sqlite'), { create: false });
    expect(existsSync(join(root, 'file.sqlite'))).toBe(false);
  });

  test('is left as it is but for its mode, which is told once', () => {
    const file = join(root, 'file.sqlite');
    for (const path of [file, `${file}-wal`]) {
      writeFileSync(path, 'content');
      chmodSync(path, 0o666);
    }
    preparePrivateFile(file, { create: true });
    preparePrivateFile(file, { create: true });
    expect([modeOf(file), modeOf(`${file}-wal`)]).toEqual([0o600, 0o600]);
    expect(readFileSync(file, 'utf8')).toBe('content');
    expect(warnings).toEqual([
      expect.stringContaining(`${file} has mode 0666`),
      expect.stringContaining(`${file}-wal has mode 0666`),
    ]);
  });

  test.each(['', '-wal', '-shm', '-journal'])(
    'I-23: is no link, nor is what SQLite keeps beside it (%s)',
    (end) => {
      const other = join(root, 'other');
      writeFileSync(other, 'of somebody else');
      chmodSync(other, 0o644);
      const file = join(root, 'file.sqlite');
      symlinkSync(other, `${file}${end}`);
      expect(() => preparePrivateFile(file, { create: true })).toThrow(
        unsafe(`${file}${end} is a symbolic link`),
      );
      expect(modeOf(other)).toBe(0o644);
    },
  );

  test('I-23: is made by no dangling link', () => {
    const file = join(root, 'file.sqlite');
    symlinkSync(join(root, 'nothing'), file);
    expect(() => preparePrivateFile(file, { create: true })).toThrow(unsafe('is a symbolic link'));
    expect(() => requireNoLink(file)).toThrow(unsafe('is a symbolic link'));
    expect(existsSync(join(root, 'nothing'))).toBe(false);
  });

  test('I-23: a directory that everybody may write to is told, but for a sticky one', () => {
    const [open, sticky] = [join(root, 'open'), join(root, 'sticky')];
    for (const directory of [open, sticky]) mkdirSync(directory);
    chmodSync(open, 0o777);
    chmodSync(sticky, 0o1777);
    for (const directory of [open, sticky]) preparePrivateFile(join(directory, 'file'), { create: true });
    expect(warnings).toEqual([expect.stringContaining(`${open} has mode 0777`)]);
  });

  test('a link on the way is followed', () => {
    mkdirSync(join(root, 'disk'));
    symlinkSync('disk', join(root, 'data'));
    preparePrivateFile(join(root, 'data', 'file'), { create: true });
    expect(modeOf(join(root, 'disk', 'file'))).toBe(0o600);
  });

  test('links that go round in a circle lead nowhere', () => {
    symlinkSync(join(root, 'b'), join(root, 'a'));
    symlinkSync(join(root, 'a'), join(root, 'b'));
    expect(() => requireOwnWay(join(root, 'a', 'file'))).toThrow(unsafe('leads nowhere'));
  });
});

describeAsRoot('I-22, I-23: what belongs to another user is refused', () => {
  test.each([
    ['the file', ['data/file.sqlite']],
    ['what SQLite keeps beside it', ['data/file.sqlite-wal']],
    ['the directory', ['data']],
    ['the directory above', ['.']],
  ])('%s', (_, [theirs = '']) => {
    mkdirSync(join(root, 'data'));
    const file = join(root, 'data', 'file.sqlite');
    for (const path of [file, `${file}-wal`]) {
      writeFileSync(path, '');
      chmodSync(path, 0o644);
    }
    chownSync(join(root, theirs), NOBODY, NOBODY);
    expect(() => preparePrivateFile(file, { create: true })).toThrow(unsafe('another user (uid 65534)'));
    expect(modeOf(file)).toBe(0o644);
    chownSync(root, 0, 0);
  });

  test('a link on the way', () => {
    mkdirSync(join(root, 'disk'));
    symlinkSync('disk', join(root, 'data'));
    preparePrivateFile(join(root, 'data', 'file'), { create: true });
    rmSync(join(root, 'data'));
    mkdirSync(join(root, 'theirs'), { mode: 0o755 });
    chownSync(join(root, 'theirs'), NOBODY, NOBODY);
    symlinkSync('theirs', join(root, 'data'));
    expect(() => preparePrivateFile(join(root, 'data', 'file'), { create: true })).toThrow(
      unsafe(`${join(root, 'theirs')} belongs to another user`),
    );
  });
});
