import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROOFS = resolve(__dirname, '../..');
const REPOSITORY = resolve(PROOFS, '../..');

test('F-B14: a service that is bundled as documented runs', () => {
  const document = readFileSync(join(REPOSITORY, 'docs/install.md'), 'utf8');
  const [, words = ''] = /`esbuild main\.ts ([^`]+)`/.exec(document) ?? [];
  expect(words).toContain('--packages=external');
  const cwd = mkdtempSync(join(tmpdir(), 'keyturn-bundled-'));
  try {
    symlinkSync(join(PROOFS, 'node_modules'), join(cwd, 'node_modules'));
    const bundle = join(cwd, 'bundle.mjs');
    execFileSync(join(REPOSITORY, 'node_modules/.bin/esbuild'), [
      join(PROOFS, 'install/example.mts'),
      ...words.split(' '),
      '--format=esm',
      '--target=node20',
      `--outfile=${bundle}`,
      '--log-level=warning',
    ]);
    execFileSync(process.execPath, [bundle], { cwd });
    expect(existsSync(join(cwd, 'keyturn-data/events.sqlite'))).toBe(true);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});
