import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { KEYTURN } from './testSupport/keyturnProcess';
import { openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());
afterEach(() => {
  for (const next of [1, 2, 3]) rmSync(join(shop.directory, `typed-${next}`), { force: true });
});

/** util-linux's `script` gives a command a terminal. Elsewhere it takes other options, and these tests are left out. */
const describeOnTerminal = String(spawnSync('/usr/bin/env', ['script', '--version']).stdout).includes(
  'util-linux',
)
  ? describe
  : describe.skip;

interface Seen {
  readonly status: number | null;
  readonly screen: string;
}

/** `shown` is what the terminal shows once it has the answer; left out where it shows nothing. */
type Answer = readonly [question: string, answer: string, shown?: string];

/** Runs keyturn on a terminal, and answers each question when it is asked. `ahead` is code for Node to run first. */
const onTerminal = async (
  words: ReadonlyArray<string>,
  answers: ReadonlyArray<Answer>,
  ahead: ReadonlyArray<string> = [],
): Promise<Seen> => {
  const command = [process.execPath, ...ahead, KEYTURN, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn(
    '/usr/bin/env',
    ['script', '-qec', `${command}; status=$?; stty -a; exit $status`, '/dev/null'],
    {
      env: { ...shop.env, TERM: 'xterm', SHELL: '/bin/sh' },
      cwd: shop.directory,
    },
  );
  let screen = '';
  let next = 0;
  let unseen: string | null = null;
  const typed = (): void => writeFileSync(join(shop.directory, `typed-${next}`), '');
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    if (unseen !== null && screen.includes(unseen)) {
      unseen = null;
      typed();
    }
    const [question, answer, shown] = answers[next] ?? [];
    if (question === undefined || answer === undefined || screen.split(question).length <= 1) return;
    next += 1;
    unseen = shown ?? null;
    child.stdin.write(answer, () => {
      if (shown === undefined) typed();
    });
  });
  await once(child, 'close');
  return { status: child.exitCode, screen };
};

const ADD = ['keys', 'add', '--workspace', 'acme', '--vendor', 'anthropic'];
const ASKED = 'Paste the anthropic key';

describeOnTerminal('on a terminal', () => {
  test('a key is asked for, and not shown; the terminal is as it was', async () => {
    const key = shop.sandbox.issueKey('anthropic');
    const { status, screen } = await onTerminal(ADD, [[ASKED, `${key}\r`]]);
    expect(screen).toContain(`…${key.slice(-4)} · `);
    expect(screen).not.toContain(key.slice(0, 30));
    expect(screen).toMatch(/[^-]echo\b/);
    expect(status).toBe(0);
  });

  test('a slip of the finger can be taken back', async () => {
    const key = shop.sandbox.issueKey('anthropic');
    const { status, screen } = await onTerminal(ADD, [[ASKED, `oops\u0015${key}x\u007f\r`]]);
    expect(screen).toContain(`…${key.slice(-4)} · `);
    expect(status).toBe(0);
  });

  test('Ctrl-C ends it, with the terminal as it was', async () => {
    const { status, screen } = await onTerminal(ADD, [[ASKED, 'sk-ant\u0003']]);
    expect(screen).toMatch(/[^-]echo\b/);
    expect(screen).not.toContain('sk-ant');
    expect(status).toBe(130);
  });

  test('nothing but the return key is an empty paste', async () => {
    const { status, screen } = await onTerminal(ADD, [[ASKED, '\r']]);
    expect(screen).toContain('refused (paste-empty)');
    expect(status).toBe(1);
  });

  test('a passphrase is asked for twice, and the two have to be the same', async () => {
    const init = ['init', '--passphrase', '--data', 'elsewhere'];
    const { status, screen } = await onTerminal(init, [
      ['New passphrase: ', 'correct horse battery\r'],
      ['Once more: ', 'correct horse batter\r'],
    ]);
    expect(screen).toContain('The two differ. Nothing was made.');
    expect(screen).not.toContain('correct horse');
    expect(status).toBe(2);
  });

  /** Has Node stop before it loads `file`, say so, and go on when something was typed. */
  const stoppingBefore = (file: string): ReadonlyArray<string> => {
    const path = join(shop.directory, 'stopping.js');
    writeFileSync(
      path,
      `const Module = require('node:module');
       const { existsSync } = require('node:fs');
       const load = Module._load;
       let stopped = false;
       Module._load = function (request, ...rest) {
         if (!stopped && request.endsWith(${JSON.stringify(file)})) {
           stopped = true;
           process.stderr.write('STOPPED\\n');
           const cell = new Int32Array(new SharedArrayBuffer(4));
           while (!existsSync(${JSON.stringify(join(shop.directory, 'typed-1'))})) Atomics.wait(cell, 0, 0, 5);
         }
         return load.call(this, request, ...rest);
       };`,
    );
    return ['--require', path];
  };

  test('I-40: a key that is pasted before it is asked for is not shown, and is taken', async () => {
    const key = shop.sandbox.issueKey('anthropic');
    const { status, screen } = await onTerminal(
      ADD,
      [['STOPPED', `${key}\r`]],
      stoppingBefore('bundle/index.js'),
    );
    expect(screen).not.toContain(key.slice(0, 30));
    expect(screen).toContain(`…${key.slice(-4)} · `);
    expect(screen).toMatch(/[^-]echo\b/);
    expect(status).toBe(0);
  });

  test('I-40: Ctrl-C ends the command while nothing is asked for yet, with the terminal as it was', async () => {
    const { status, screen } = await onTerminal(
      ADD,
      [['STOPPED', 'sk-ant\u0003']],
      stoppingBefore('bundle/index.js'),
    );
    expect(screen).not.toContain('sk-ant');
    expect(screen).toMatch(/[^-]echo\b/);
    expect(status).toBe(130);
  });

  test('I-40: what was typed before that is no answer', async () => {
    const key = shop.sandbox.issueKey('anthropic');
    const { status, screen } = await onTerminal(
      ADD,
      [
        ['STOPPED', 'not-a-key\r', 'not-a-key\r\n'],
        [ASKED, `${key}\r`],
      ],
      stoppingBefore('bundle/firstInstant.js'),
    );
    expect(screen).toContain(`…${key.slice(-4)} · `);
    expect(status).toBe(0);
  });

  test('I-40: a key that is pasted behind the passphrase waits until it is asked for', async () => {
    const data = ['--data', 'with-passphrase'];
    const passphrase = 'correct horse battery staple';
    const file = join(shop.directory, 'passphrase');
    writeFileSync(file, passphrase, { mode: 0o600 });
    await shop.run(['init', '--passphrase', '--passphrase-file', file, ...data]);
    const key = shop.sandbox.issueKey('anthropic');
    const { status, screen } = await onTerminal(
      [...ADD, ...data],
      [['Passphrase: ', `${passphrase}\r${key}\r`]],
    );
    expect(screen).not.toContain(key.slice(0, 30));
    expect(screen).not.toContain('correct horse');
    expect(screen).toContain(`…${key.slice(-4)} · `);
    expect(status).toBe(0);
  });

  test('a key at its vendor is shown, and revoked on a yes alone; the admin credential is not shown', async () => {
    const key = await shop.add('terminal');
    const C = ['--workspace', 'terminal', '--case', 'SR-9'];
    await shop.run(['leak', 'report', key.keyId, ...C]);
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const asked = (answer: string) =>
      onTerminal(
        ['leak', 'revoke', key.keyId, ...C, '--admin-api'],
        [
          ['Paste the admin credential', `${credential}\r`],
          ['Type yes to go on', `${answer}\n`],
        ],
      );
    const no = await asked('no');
    expect(no.status).toBe(1);
    expect(no.screen).toContain(`...${key.last4}`);
    expect(no.screen).toContain('sk-ant-admin01-');
    expect(no.screen).toContain('sandbox key');
    const yes = await asked('yes');
    expect(yes.status).toBe(0);
    expect(yes.screen).toContain('Anthropic revoked the key.');
    expect(no.screen + yes.screen).not.toContain(credential.slice(20, 50));
  });

  test('of several keys at its vendor a person chooses one by its number, and says yes to that one', async () => {
    const key = await shop.add('several');
    const C = ['--workspace', 'several', '--case', 'SR-10'];
    await shop.run(['leak', 'report', key.keyId, ...C]);
    const twin = `${key.secret.slice(0, -20)}${'b'.repeat(16)}${key.last4}`;
    shop.sandbox.issueKey('anthropic', 'valid', twin);
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const answered = (...answers: ReadonlyArray<Answer>) =>
      onTerminal(
        ['leak', 'revoke', key.keyId, ...C, '--admin-api'],
        [['Paste the admin credential', `${credential}\r`], ...answers],
      );
    const nothing = await answered(['Which one is it?', '\n']);
    expect([nothing.status, nothing.screen]).toEqual([1, expect.stringContaining('not confirmed')]);
    // A number that is none of them is asked for again.
    const { status, screen } = await answered(
      ['Which one is it?', '3\n'],
      ['Which one is it? Type its number, 1 to 2, or nothing: 3\r\nWhich one is it?', '2\n'],
      ['Type yes to go on', 'yes\n'],
    );
    expect([status, screen]).toEqual([0, expect.stringContaining('Anthropic revoked the key.')]);
    const [, first, second] = screen.split(/id {10}/).map((part) => part.split(/\s/)[0]);
    const [, revoked] = screen.split('is revoked there:');
    expect(revoked).toContain(second);
    expect(revoked).not.toContain(first);
    expect(screen).not.toContain(credential.slice(20, 50));
  });
});
