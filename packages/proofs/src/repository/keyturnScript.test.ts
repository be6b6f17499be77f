import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// `scripts/keyturn` in a clone made for it: its command repeats its arguments, and its pnpm installs nothing.

const SCRIPTS = resolve(__dirname, '../../../../scripts');
const SETUP_LATER = new Date('2100-01-01T00:00:00Z');

let clone: string;
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
};

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'keyturn-clone-'));
  put('package.json', JSON.stringify({ packageManager: 'pnpm@0.0.1' }));
  put('pnpm-lock.yaml', '');
  put('tsconfig.json', '{}');
  put('packages/cli/package.json', '{}');
  put('packages/cli/tsconfig.json', '{}');
  put('packages/cli/src/index.ts', '');
  put('packages/cli/bundle/index.js', '');
  put('scripts/bundle-command.mjs', '');
  put(
    'packages/cli/bin/keyturn.js',
    'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;',
  );
  put(
    'bin/pnpm',
    '#!/bin/sh\ncase "$1" in --version) echo 0.0.1 ;; *) echo installing >&2; exit 1 ;; esac\n',
  );
  chmodSync(join(clone, 'bin/pnpm'), 0o755);
  for (const name of ['keyturn', 'setup.sh']) copyFileSync(join(SCRIPTS, name), join(clone, 'scripts', name));
});
afterEach(() => {
  rmSync(clone, { recursive: true, force: true });
});

const ready = (): void => {
  put('node_modules/.keyturn-ready', `${process.execPath} ${process.version}`);
  utimesSync(join(clone, 'node_modules/.keyturn-ready'), SETUP_LATER, SETUP_LATER);
};

const run = (...words: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync('bash', [join(clone, 'scripts/keyturn'), ...words], {
    encoding: 'utf8',
    cwd: tmpdir(),
    env: { PATH: `${join(clone, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`, HOME: clone },
  });
  return { status, stdout, stderr };
};

test('F-A2: runs the command, and nothing else, where nothing has changed since the setup', () => {
  ready();
  expect(run('keys', 'list', '--data', 'a folder')).toEqual({
    status: 3,
    stdout: '["keys","list","--data","a folder"]\n',
    stderr: '',
  });
});

test.each([
  ['there was no setup', () => undefined],
  [
    'a source is newer',
    () => {
      ready();
      const later = new Date(SETUP_LATER.getTime() + 1_000);
      utimesSync(join(clone, 'packages/cli/src/index.ts'), later, later);
    },
  ],
  [
    'what was built is gone',
    () => {
      ready();
      rmSync(join(clone, 'packages/cli/bundle'), { recursive: true });
    },
  ],
  [
    'it was for another Node',
    () => {
      ready();
      put('node_modules/.keyturn-ready', `${process.execPath} v18.0.0`);
      utimesSync(join(clone, 'node_modules/.keyturn-ready'), SETUP_LATER, SETUP_LATER);
    },
  ],
])('F-A7: sets up first when %s, and says so before, on standard error alone', (_when, change) => {
  change();
  const { status, stdout, stderr } = run('keys', 'list');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('installing');
  expect(stderr).toMatch(/^(Installing|Checking) the dependencies/);
});
