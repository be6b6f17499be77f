import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compileCacheDirectory } from './compileCache';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'keyturn-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

test('it is made below the home, and below XDG_CACHE_HOME where that is said, for its owner alone', () => {
  const places = [
    { env: { HOME: home }, at: join(home, '.cache', 'keyturn') },
    { env: { HOME: home, XDG_CACHE_HOME: join(home, 'caches') }, at: join(home, 'caches', 'keyturn') },
    { env: { HOME: home, XDG_CACHE_HOME: 'relative' }, at: join(home, '.cache', 'keyturn') },
  ];
  for (const { env, at } of places) {
    expect(compileCacheDirectory(env)).toBe(at);
    expect(statSync(at).mode & 0o777).toBe(0o700);
    expect(compileCacheDirectory(env)).toBe(at);
  }
});

test('there is none where others could put code: in a home, a cache or a place of its own that they may write', () => {
  for (const open of [home, join(home, '.cache'), join(home, '.cache', 'keyturn')]) {
    mkdirSync(open, { recursive: true, mode: 0o700 });
    chmodSync(open, 0o777);
    expect(compileCacheDirectory({ HOME: home })).toBeNull();
    chmodSync(open, 0o700);
  }
  expect(compileCacheDirectory({ HOME: home })).not.toBeNull();
});

test('nothing is made in a cache, or for one, where others may write', () => {
  const open = join(home, 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  for (const XDG_CACHE_HOME of [open, join(open, 'missing'), join(open, 'missing', 'below')]) {
    expect(compileCacheDirectory({ HOME: home, XDG_CACHE_HOME })).toBeNull();
    expect(readdirSync(open)).toEqual([]);
  }
});

test("there is none in another user's home, as under sudo", () => {
  const me = process.geteuid;
  process.geteuid = () => (me?.() ?? 0) + 1;
  try {
    expect(compileCacheDirectory({ HOME: home })).toBeNull();
  } finally {
    if (me !== undefined) process.geteuid = me;
  }
  expect(existsSync(join(home, '.cache'))).toBe(false);
});

test('there is none without a home, or where none can be made', () => {
  expect(compileCacheDirectory({})).toBeNull();
  expect(compileCacheDirectory({ HOME: 'relative' })).toBeNull();
  expect(compileCacheDirectory({ HOME: join(home, 'missing') })).toBeNull();
  expect(existsSync(join(home, 'missing'))).toBe(false);
  writeFileSync(join(home, '.cache'), '');
  expect(compileCacheDirectory({ HOME: home })).toBeNull();
});
