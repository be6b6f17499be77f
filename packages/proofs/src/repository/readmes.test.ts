import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '../../../..');
const read = (...path: ReadonlyArray<string>): string => readFileSync(join(REPOSITORY, ...path), 'utf8');

const packages = readdirSync(join(REPOSITORY, 'packages')).filter((name) =>
  existsSync(join(REPOSITORY, 'packages', name, 'package.json')),
);

/** Those whose face, the whole of it, is a reviewed file. */
const underSemver = packages.filter((name) => existsSync(join(REPOSITORY, 'docs/api', `${name}.api.md`)));

const firstWord = (readme: string): string | undefined => /^# .*\n\n(\w+)/.exec(readme)?.[1];

describe('READMEs of packages', () => {
  test('whose face is reviewed', () => {
    expect(underSemver).toEqual(['cli', 'domain', 'event-store', 'http', 'keyturn', 'operator-credentials']);
    expect(
      underSemver.filter((name) => firstWord(read('packages', name, 'README.md')) === 'Internal'),
    ).toEqual([]);
  });

  test.each(packages.filter((name) => !underSemver.includes(name)))('%s begins with "Internal"', (name) => {
    expect(firstWord(read('packages', name, 'README.md'))).toBe('Internal');
  });
});

/** Held to their width; tables may be wider. */
const WIDTH = 120;

test.each([
  'README.md',
  'docs/architecture.md',
  'docs/embedding.md',
  'docs/promises.md',
  'packages/keyturn/README.md',
])('%s has no line over 120 columns, but in tables', (path) => {
  const wide = read(path)
    .split('\n')
    .filter((line) => line.length > WIDTH && !line.startsWith('|'));
  expect(wide).toEqual([]);
});

test('the README is 120 lines at most, without tables', () => {
  const lines = read('README.md').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(120);
  expect(lines.filter((line) => line.startsWith('|'))).toEqual([]);
});
