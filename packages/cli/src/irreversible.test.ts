import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Output } from './io';
import { main } from './main';
import { KEYTURN } from './testSupport/keyturnProcess';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const keysOf = async (workspace: string): Promise<number> => {
  const { document } = await shop.ask(['keys', 'list', '--workspace', workspace]);
  return Object.keys(at(document, 'keys') ?? []).length;
};

const on = (workspace: string): ReadonlyArray<string> => ['--workspace', workspace];

/** What can't be undone, on a workspace with one key. */
const IRREVERSIBLE: ReadonlyArray<
  readonly [string, (workspace: string, keyId: string) => ReadonlyArray<string>]
> = [
  ['keys delete', (workspace, keyId) => ['keys', 'delete', keyId, ...on(workspace), '--leave-empty']],
  [
    'keys hard-delete',
    (workspace, keyId) => ['keys', 'hard-delete', keyId, ...on(workspace), '--case', 'C-1'],
  ],
  ['workspaces close', (workspace) => ['workspaces', 'close', workspace, '--case', 'C-1']],
];

describe.each(IRREVERSIBLE)('F-D %s', (name, wordsOf) => {
  let workspace: string;
  let words: ReadonlyArray<string>;
  let last4: string;
  beforeEach(async () => {
    workspace = `w-${randomUUID()}`;
    const added = await shop.add(workspace);
    words = wordsOf(workspace, added.keyId);
    ({ last4 } = added);
  });

  test('without a terminal demands --yes, with the words to type, and does nothing', async () => {
    const { status, stdout, stderr } = await shop.run(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain("This can't be undone");
    expect(stderr).toMatch(new RegExp(`keyturn ${name} .*--yes`));
    expect(await keysOf(workspace)).toBe(1);
  });

  test('with --dry-run tells what would happen, and does nothing', async () => {
    const { status, stdout } = await shop.run([...words, '--dry-run']);
    expect(status).toBe(0);
    expect(stdout).toContain('This would happen:');
    expect(stdout).toMatch(new RegExp(`…${last4} \\(.*\\) is destroyed`));
    const { document } = await shop.ask([...words, '--dry-run']);
    expect(at(document, 'dryRun')).toBe(true);
    expect(JSON.stringify(at(document, 'events'))).toContain('KeyHardDeleted');
    expect(await keysOf(workspace)).toBe(1);
  });

  test('with --yes asks nobody', async () => {
    expect(await shop.run([...words, '--yes'])).toMatchObject({ status: 0 });
    expect(await keysOf(workspace)).toBe(0);
  });
});

describe('F-D what changes while a person thinks', () => {
  /** Runs the command for a person who is asked, and says yes each time that `meanwhile` has ended. */
  const withPerson = async (words: ReadonlyArray<string>, meanwhile: (asked: number) => Promise<unknown>) => {
    let [screen, asked] = ['', 0];
    const output: Output = {
      fd: -1,
      isTTY: false,
      write: async (chunk) => {
        screen += chunk;
        return true;
      },
    };
    const status = await main(words, {
      env: shop.env,
      cwd: shop.directory,
      umask: 0o077,
      stdin: -1,
      stdout: output,
      stderr: output,
      ask: null,
      confirm: async () => {
        asked += 1;
        await meanwhile(asked);
        return true;
      },
    });
    return { status, asked, screen };
  };

  test('is shown and asked about anew: no key that came on file is destroyed unasked', async () => {
    await shop.add('changing');
    let last4 = '';
    const close = ['workspaces', 'close', 'changing', '--case', 'C-1'];
    const { status, asked, screen } = await withPerson(close, async (time) => {
      if (time === 1) ({ last4 } = await shop.add('changing'));
    });
    expect({ status, asked }).toEqual({ status: 0, asked: 2 });
    const [, second = ''] = screen.split('Meanwhile this changed');
    expect(second).toMatch(new RegExp(`…${last4} \\(.*\\) is destroyed`));
  });

  test('is no matter where it is runs alone: they come and go', async () => {
    const { keyId } = await shop.add('busy');
    const hardDelete = ['keys', 'hard-delete', keyId, ...on('busy'), '--case', 'C-1'];
    const { status, asked, screen } = await withPerson(hardDelete, () =>
      shop.run(['runs', 'start', 'compile-8', ...on('busy')]),
    );
    expect({ status, asked }).toEqual({ status: 0, asked: 1 });
    expect(screen).toContain('Interrupted runs: compile-8');
  });
});

/** util-linux's `script` gives a command a terminal. Elsewhere it takes other options, and these tests are left out. */
const describeOnTerminal = String(spawnSync('/usr/bin/env', ['script', '--version']).stdout).includes(
  'util-linux',
)
  ? describe
  : describe.skip;

const QUESTION = 'Type yes to go on: ';

const onTerminal = async (
  words: ReadonlyArray<string>,
  answer: string,
): Promise<{ readonly status: number | null; readonly screen: string }> => {
  const command = [process.execPath, KEYTURN, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('/usr/bin/env', ['script', '-qec', command, '/dev/null'], {
    env: { ...shop.env, TERM: 'xterm', SHELL: '/bin/sh' },
    cwd: shop.directory,
  });
  let screen = '';
  let asked = false;
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    if (asked || !screen.includes(QUESTION)) return;
    asked = true;
    child.stdin.write(answer);
  });
  await once(child, 'close');
  return { status: child.exitCode, screen };
};

describeOnTerminal('F-D on a terminal', () => {
  test('a person is shown what will happen, and anything but yes does nothing', async () => {
    const { keyId, last4 } = await shop.add('asked');
    await shop.run(['runs', 'start', 'compile-7', ...on('asked')]);
    const close = ['workspaces', 'close', 'asked', '--case', 'C-1'];
    for (const answer of ['no\r', '\r', 'y\r', '\u0004']) {
      const { status, screen } = await onTerminal(close, answer);
      expect(status).toBe(1);
      expect(screen).toContain(`…${last4} (${keyId}) is destroyed, interrupting compile-7.`);
      expect(screen).toContain('Nothing was done: it was not confirmed.');
    }
    expect((await onTerminal(close, '\u0003')).status).toBe(130);
    expect(await keysOf('asked')).toBe(1);
    const { status, screen } = await onTerminal(close, 'yes\r');
    expect(status).toBe(0);
    expect(screen).toContain('Workspace asked is closed, under case C-1.');
    expect(await keysOf('asked')).toBe(0);
    // Nobody is asked where nothing would be done.
    const again = await onTerminal(close, '');
    expect(again.screen).not.toContain(QUESTION);
    expect(again.screen).toContain('Workspace asked was closed on');
    expect(again.status).toBe(0);
  });
});
