import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runInProcess } from './testSupport/inProcess';

let directory: string;
const scripts: Record<string, string> = {};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-completion-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { status, stdout } = await runInProcess(['completion', shell], { env: {}, cwd: directory });
    if (status !== 0) throw new Error(`keyturn completion ${shell} failed`);
    scripts[shell] = join(directory, `keyturn.${shell}`);
    writeFileSync(scripts[shell] ?? '', stdout);
  }
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** What is typed, with the cursor at its end, and what it may become. */
const TYPED: ReadonlyArray<
  readonly [typed: string, offered: ReadonlyArray<string>, not: ReadonlyArray<string>]
> = [
  ['keyturn ', ['init', 'keys', 'audit', 'completion'], ['add', '--data']],
  ['keyturn ke', ['keys'], ['init']],
  ['keyturn keys ', ['add', 'list', 'hard-delete'], ['keys']],
  ['keyturn --data keys ', ['init', 'keys'], ['add']],
  ['keyturn --as user:ada keys h', ['hard-delete'], ['list']],
  ['keyturn keys list --w', ['--workspace'], ['--json']],
  ['keyturn keys list --', ['--workspace', '--json', '--data'], ['--case']],
  ['keyturn keys hard-delete 6f0c3a1e --workspace acme --c', ['--case'], ['--json']],
  ['keyturn runs finish r --outcome ', ['succeeded', 'failed', 'cancelled'], ['finish']],
  ['keyturn audit list --action KeyHard', ['KeyHardDeleted'], ['KeyAdded']],
  ['keyturn audit list --action KeyAdded --action RunKeyP', ['RunKeyPinned'], []],
  ['keyturn projections rebuild ', ['key-list', 'run-usage', 'audit-log'], []],
  ['keyturn completion ', ['bash', 'zsh', 'fish'], []],
];

const offeredBy = (shell: string, words: ReadonlyArray<string>): ReadonlyArray<string> => {
  const { stdout, stderr, status } = spawnSync(shell, words, {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: directory },
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').map((line) => line.split('\t')[0] ?? '');
};

const there = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;
const inShell = (shell: string) => (there(shell) ? describe : describe.skip);

inShell('bash')('F-E4: bash', () => {
  const complete = (typed: string) =>
    offeredBy('bash', [
      '--norc',
      '-c',
      `source "$0"; COMP_WORDBREAKS=$' \\t\\n=:'; COMP_LINE=$1
       read -ra COMP_WORDS <<< "$1"; [[ $1 == *' ' ]] && COMP_WORDS+=('')
       COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _keyturn; printf '%s\\n' "\${COMPREPLY[@]}"`,
      scripts['bash'] ?? '',
      typed,
    ]);

  test.each(TYPED)('%s', (typed, offered, not) => {
    const found = complete(typed);
    expect(found).toEqual(expect.arrayContaining([...offered]));
    for (const word of not) expect(found).not.toContain(word);
  });

  test('a value with colons, which bash takes for several words', () => {
    const found = offeredBy('bash', [
      '--norc',
      '-c',
      `source "$0"; COMP_WORDS=(keyturn --store esdb : //db : 2113 --as = user : ada keys h); COMP_CWORD=13
       _keyturn; printf '%s\\n' "\${COMPREPLY[@]}"`,
      scripts['bash'] ?? '',
    ]);
    expect(found).toEqual(['hard-delete', '']);
  });

  test('a value behind =', () => {
    const found = offeredBy('bash', [
      '--norc',
      '-c',
      `source "$0"; COMP_WORDS=(keyturn runs finish r --outcome = fa); COMP_CWORD=6; _keyturn
       printf '%s\\n' "\${COMPREPLY[@]}"`,
      scripts['bash'] ?? '',
    ]);
    expect(found).toEqual(['failed', '']);
  });
});

inShell('fish')('F-E4: fish', () => {
  test.each(TYPED)('%s', (typed, offered, not) => {
    const found = offeredBy('fish', [
      '--no-config',
      '-c',
      `source ${scripts['fish'] ?? ''}; complete -C "$argv[1]"`,
      typed,
    ]);
    expect(found).toEqual(expect.arrayContaining([...offered]));
    for (const word of not) expect(found).not.toContain(word);
  });
});

inShell('zsh')('F-E4: zsh', () => {
  // What it would offer is told, in the place of what draws it.
  const HARNESS = `
    compdef() { :; }
    _files() { print -l -- FILES; }
    compadd() { shift; print -l -- "$@"; }
    _describe() { print -l -- "\${(@P)2%%:*}"; }
    source $1
    words=(\${(z)2}); [[ $2 == *' ' ]] && words+=('')
    CURRENT=\${#words}; prefix=$words[CURRENT]
    _keyturn | grep -- "^$prefix" || true`;

  test.each(TYPED)('%s', (typed, offered, not) => {
    const found = offeredBy('zsh', ['-f', '-c', HARNESS, 'zsh', scripts['zsh'] ?? '', typed]);
    expect(found).toEqual(expect.arrayContaining([...offered]));
    for (const word of not) expect(found).not.toContain(word);
  });
});
