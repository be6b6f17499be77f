import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command, Option } from 'commander';
import type { Io, Output } from './io';
import { main } from './main';
import { makeProgram } from './program';

const sink = (text: string[]): Output => ({
  fd: -1,
  isTTY: false,
  write: async (chunk) => {
    text.push(chunk);
    return true;
  },
});

const directory = mkdtempSync(join(tmpdir(), 'keyturn-options-'));
afterAll(() => rmSync(directory, { recursive: true }));

const NOWHERE = { KEYTURN_DATA: join(directory, 'none') };

const run = async (words: ReadonlyArray<string>, env: NodeJS.ProcessEnv = NOWHERE) => {
  const [out, err]: [string[], string[]] = [[], []];
  const io: Io = {
    env,
    cwd: directory,
    umask: 0o77,
    stdin: -1,
    stdout: sink(out),
    stderr: sink(err),
    ask: null,
    confirm: null,
  };
  const status = await main(words, io);
  return { status, stdout: out.join(''), stderr: err.join('') };
};

interface Word {
  readonly words: ReadonlyArray<string>;
  readonly made: Command;
}

const leaves = (parent: Command, before: ReadonlyArray<string> = []): ReadonlyArray<Word> =>
  parent.commands.flatMap((made) => {
    const words = [...before, made.name()];
    return made.commands.length > 0 ? leaves(made, words) : [{ words, made }];
  });

/** Those that are combined: any of what they were given, or all of it. */
const COMBINED: ReadonlyArray<string> = [
  ...['--workspace', '--key', '--last4', '--actor', '--action'].flatMap((option) =>
    ['list', 'count', 'export'].map((word) => `audit ${word} ${option}`),
  ),
  'leak reviewed --explained',
  'serve --workspace',
  'leak close --leave',
];

describe('F-C1, F-E1: an option given twice', () => {
  let program: Command;
  beforeAll(async () => {
    const io: Io = {
      env: {},
      cwd: '/',
      umask: 0,
      stdin: -1,
      stdout: sink([]),
      stderr: sink([]),
      ask: null,
      confirm: null,
    };
    program = await makeProgram(['any'], () => Promise.resolve(), io);
  });

  test('is combined, or refused by its name: every option of every command', async () => {
    const combined: string[] = [];
    const dropped: string[] = [];
    for (const { words, made } of leaves(program)) {
      const options = [...made.options, ...program.options].filter(({ required }: Option) => required);
      const operands = made.registeredArguments.map(() => 'value');
      const needed = made.usage().match(/--[a-z0-9-]+(?= <)/g) ?? [];
      for (const { long } of options) {
        const name = long ?? '';
        const others = needed.filter((other) => other !== name).flatMap((other) => [other, 'value']);
        const { status, stderr } = await run([...words, ...operands, ...others, name, 'one', name, 'two']);
        const said = `${words.join(' ')} ${name}`;
        if (status === 2 && stderr.includes(`${name} was given 2 times`)) continue;
        if (COMBINED.includes(said)) combined.push(said);
        else dropped.push(`${said}: ${status} ${stderr}`);
      }
    }
    expect(dropped).toEqual([]);
    expect(combined.sort()).toEqual([...COMBINED].sort());
  });

  test.each([
    ['before and behind the words', ['--data', '/a', 'keys', 'list', '-w', 'acme', '--data', '/b']],
    ['in its short and in its long form', ['keys', 'list', '-w', 'acme', '--workspace', 'acme']],
    ['with the value in the same word', ['keys', 'list', '--workspace=acme', '-wacme']],
  ])('%s counts as twice', async (_, words) => {
    const { status, stderr } = await run(words);
    expect([status, stderr]).toEqual([2, expect.stringContaining('was given 2 times')]);
  });
});

describe('a word that is mistyped', () => {
  test("F-E5: an option's typo is named, and the command's own help follows", async () => {
    const { status, stderr } = await run(['keys', 'list', '--workspce', 'acme']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^keyturn: Unknown option '--workspce' \(Did you mean --workspace\?\)\.\n/);
    expect(stderr).toContain('Usage: keyturn keys list --workspace <id> [options]');
  });

  test('F-E7: two keys where one is taken: one at a time', async () => {
    const { status, stderr } = await run(['keys', 'delete', 'K1', 'K2', '--workspace', 'acme']);
    expect(status).toBe(2);
    expect(stderr).toBe(
      'keyturn: keys delete takes one KEY at a time: run it once for each. See keyturn keys delete --help.\n',
    );
  });
});

describe('F-E4', () => {
  test.each([[['version']], [['-v']], [['-V']], [['--version']]])('%j', async (words) => {
    expect(await run(words)).toEqual({ status: 0, stdout: '0.1.0\n', stderr: '' });
  });

  test.each([
    [
      ['help', 'keys', 'add'],
      ['keys', 'add', '--help'],
    ],
    [
      ['help', 'keys'],
      ['keys', '--help'],
    ],
    [['help'], ['--help']],
  ])('%j is %j', async (words, same) => {
    const { status, stdout } = await run(words);
    expect(status).toBe(0);
    expect(stdout).toBe((await run(same)).stdout);
    expect(stdout).toContain(`Usage: keyturn ${words.slice(1).join(' ')}`);
  });

  test.each([
    [['help', 'kyes'], "Unknown command 'kyes' (Did you mean keys?)."],
    [['kyes', '--help'], "Unknown command 'kyes' (Did you mean keys?)."],
    [['--json', 'kyes', '-h'], "Unknown command 'kyes' (Did you mean keys?)."],
    [['help', 'keys', 'lst'], "Unknown command 'lst' (Did you mean list?)."],
    [['keys', 'lst', '--help'], "Unknown command 'lst' (Did you mean list?)."],
  ])('%j is a command that there is not', async (words, sentence) => {
    const { status, stderr } = await run(words);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  test.each([
    ['keys', 'due', '-w', 'acme'],
    ['workspaces', 'list', '-L', '1'],
  ])('%s %s takes %s', async (...words) => {
    expect((await run(words)).stderr).toContain('not-initialised');
  });
});

describe('F-E2, D: the environment', () => {
  test('a workspace that is needed may come from KEYTURN_WORKSPACE; an option wins', async () => {
    const env = { ...NOWHERE, KEYTURN_WORKSPACE: 'a b' };
    expect((await run(['keys', 'list'], env)).stderr).toBe(
      'keyturn: KEYTURN_WORKSPACE has to be 1 to 64 of the characters A-Z a-z 0-9 _ -.\n',
    );
    expect((await run(['keys', 'list', '-w', 'acme'], env)).stderr).toContain('not-initialised');
    expect((await run(['keys', 'list'], { ...env, KEYTURN_WORKSPACE: '' })).stderr).toContain(
      "Required option '--workspace <id>' not specified, and KEYTURN_WORKSPACE is not set",
    );
    expect((await run(['audit', 'list'], env)).stderr).toContain('not-initialised');
  });

  test('who acts may come from KEYTURN_AS; an option wins', async () => {
    const env = { ...NOWHERE, KEYTURN_AS: 'nobody' };
    expect((await run(['keys', 'list', '-w', 'acme'], env)).stderr).toContain('KEYTURN_AS takes user:ID');
    expect((await run(['keys', 'list', '-w', 'acme', '--as', 'user:ada'], env)).stderr).toContain(
      'not-initialised',
    );
  });

  test('a variable that nobody reads is told', async () => {
    const env = { ...NOWHERE, KEYTURN_WORKSPCE: 'acme', KEYTURN_ENDPOINT_OPENAI: 'https://x.example' };
    const { stderr } = await run(['keys', 'list', '-w', 'acme'], env);
    expect(stderr).toMatch(/^Not known, and without effect: KEYTURN_WORKSPCE\. Known are KEYTURN_DATA, /);
  });
});
