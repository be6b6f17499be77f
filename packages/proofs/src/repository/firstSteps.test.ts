import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '../../../..');
const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');

const readmesOfFaces = readdirSync(join(REPOSITORY, 'docs/api'))
  .map((file) => join('packages', file.replace('.api.md', ''), 'README.md'))
  .filter((path) => existsSync(join(REPOSITORY, path)));

test.each(['README.md', 'CONTRIBUTING.md', ...readmesOfFaces])(
  'F-A1: %s says that no package is on a registry, and leads to how to get them all',
  (path) => {
    const text = read(path);
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(/\b(no package|none|not) (yet )?(is )?on a \[?registry/i);
    const links = [...text.matchAll(/\]\(([\w./-]*docs\/install\.md)\)/g)].map(([, link = '']) => link);
    expect(links).not.toEqual([]);
    for (const link of links) {
      expect(resolve(REPOSITORY, dirname(path), link)).toBe(join(REPOSITORY, 'docs/install.md'));
    }
  },
);

test('F-A1: the script that installs them is there, and the document begins with it', () => {
  expect(read('docs/install.md').split('\n## ')[0]).toContain('./scripts/install-into ../');
  expect(existsSync(join(REPOSITORY, 'scripts/install-into'))).toBe(true);
});

test('F-A3: documents name the real servers that were run, which are those whose answers are replayed', () => {
  const answers = read('packages/testbed/src/esdb/recorded/answers.jsonl').trim().split('\n');
  const recorded = new Set(
    answers.flatMap((line) =>
      [...line.matchAll(/"(\d+\.\d+\.\d+)(?:-tls)?"/g)].map(([, release]) => release),
    ),
  );
  const document = read('docs/eventstoredb.md');
  const [, run = ''] = /^\| (.*?) *\| real servers were run/m.exec(document) ?? [];
  expect(new Set(run.split(', '))).toEqual(recorded);
  expect(document).toMatch(/The real ones were run in \w+ 20\d\d\. Of the \d+ tests .* three failed/);
  expect(document).toContain('their sources were read; nothing was run');
  for (const release of recorded) expect(read('README.md')).toContain(release);
});

test('F-A7: README says how long each of its first commands takes', () => {
  const [, commands = ''] = /```sh\n([^]*?)```/.exec(read('README.md')) ?? [];
  const lines = commands.trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['./scripts/demo', './scripts/test']);
  for (const line of lines) expect(line).toMatch(/\d+ seconds|some \w+ minutes/);
});
