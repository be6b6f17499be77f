import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { lockFile } from './lockFile';

let directory = '';
let path = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-lock-'));
  path = join(directory, 'a.lock');
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('it is held by one, names its owner, and leaves nothing behind', () => {
  const unlock = lockFile(path);
  expect(unlock).not.toBeNull();
  expect(readFileSync(path, 'utf8')).toBe(String(process.pid));
  expect(lockFile(path)).toBeNull();
  expect(readdirSync(directory)).toEqual(['a.lock']);
  unlock?.();
  expect(readdirSync(directory)).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['0', '0'],
  ['a group of processes', '-1'],
  ['no number', 'x'],
  ['this process, which does not hold it', String(process.pid)],
])('one that names %s is taken over', (_, left) => {
  writeFileSync(path, left);
  const unlock = lockFile(path);
  expect(unlock).not.toBeNull();
  expect(readdirSync(directory)).toEqual(['a.lock']);
  unlock?.();
  expect(existsSync(path)).toBe(false);
});

test('one of a process that lives is left alone', () => {
  writeFileSync(path, String(process.ppid));
  expect(lockFile(path)).toBeNull();
  expect(readFileSync(path, 'utf8')).toBe(String(process.ppid));
});
