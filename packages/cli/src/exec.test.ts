import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KEYTURN } from './testSupport/keyturnProcess';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const start = (workspace: string, command: string, ...more: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...['runs', 'start', 'run-1', '--workspace', workspace],
  ...['--exec', command],
  ...(more.includes('--secret-via') ? more : ['--env-name', 'VENDOR_KEY', ...more]),
];

const runsOf = async (workspace: string): Promise<unknown> =>
  at((await shop.ask(['runs', 'list', '--workspace', workspace])).document, 'runs');

describe('the secret reaches the command', () => {
  test.each([
    ['in its variable', 'printf %s "$VENDOR_KEY" > got', []],
    ['on its standard input', 'cat > got', ['--secret-via', 'stdin']],
    ['as file descriptor 3', 'cat <&3 > got', ['--secret-via', 'fd']],
  ])('%s', async (_, command, more) => {
    const workspace = `reach-${more.at(-1) ?? 'env'}`;
    const { secret } = await shop.add(workspace);
    const { status, stdout, stderr } = await shop.run(start(workspace, command, ...more));
    expect(status).toBe(0);
    expect(readFileSync(join(shop.directory, 'got'), 'utf8')).toBe(secret);
    writeFileSync(join(shop.directory, 'got'), '');
    expect(stdout).toBe('');
    expect(stderr).toContain('The command ended with status 0, so the run is finished: succeeded');
    expect(stderr).not.toContain(secret);
    expect(await runsOf(workspace)).toMatchObject([{ runId: 'run-1', open: false, outcome: 'succeeded' }]);
  });

  test('although the command never reads it', async () => {
    await shop.add('unread');
    expect((await shop.run(start('unread', 'exec 0<&-; true', '--secret-via', 'stdin'))).status).toBe(0);
  });
});

test('a command that the system does not start ends the run, and is no defect', async () => {
  await shop.add('unstarted');
  const longerThanAnArgument = `: ${'x'.repeat(200_000)}`;
  const { status, stderr } = await shop.run(start('unstarted', longerThanAnArgument));
  expect(status).toBe(3);
  expect(stderr).toContain('command-not-started');
  expect(stderr).toContain('E2BIG');
  expect(await runsOf('unstarted')).toMatchObject([{ open: false, outcome: 'failed' }]);
});

describe('the command’s environment', () => {
  test('is a short list, and the secret', async () => {
    await shop.add('environment');
    const { stdout } = await shop.run(start('environment', 'env | sed "s/=.*//" | sort'), {
      env: {
        LC_ALL: 'C',
        LANG: 'C',
        BASH_ENV: '/nowhere',
        NODE_OPTIONS: '',
        AWS_SECRET: 'x',
        KEYTURN_DEBUG: '0',
      },
    });
    const names = stdout.split('\n').filter((name) => !['', '_', 'PWD', 'OLDPWD', 'SHLVL'].includes(name));
    expect(names).toEqual(['HOME', 'LANG', 'LC_ALL', 'PATH', 'VENDOR_KEY']);
  });

  test('has the umask that keyturn was started with', async () => {
    await shop.add('umask');
    const before = process.umask(0o022);
    try {
      await shop.runReal(start('umask', 'touch made'));
    } finally {
      process.umask(before);
    }
    expect(statSync(join(shop.directory, 'made')).mode & 0o777).toBe(0o644);
  });
});

describe('the command’s end', () => {
  test.each([
    [0, 0, 'succeeded'],
    [1, 11, 'failed'],
    [2, 12, 'failed'],
    [3, 13, 'failed'],
    [4, 4, 'failed'],
    [77, 77, 'failed'],
    [255, 255, 'failed'],
  ])('status %i is passed on as %i, and the run has %s', async (status, passedOn, outcome) => {
    const workspace = `status-${status}`;
    await shop.add(workspace);
    expect((await shop.run(start(workspace, `exit ${status}`))).status).toBe(passedOn);
    expect(await runsOf(workspace)).toMatchObject([{ open: false, outcome }]);
  });

  test('by a signal is 128 and its number', async () => {
    await shop.add('signal');
    const { status, document } = await shop.ask(start('signal', 'kill -KILL $$'));
    expect(status).toBe(137);
    expect(document).toMatchObject({ command: { exitStatus: null, signal: 'SIGKILL' }, outcome: 'failed' });
  });

  test('is one document with --json, and what the command prints goes to standard error', async () => {
    await shop.add('json');
    const { status, document, stderr } = await shop.ask(start('json', 'echo from the command'));
    expect(status).toBe(0);
    expect(stderr).toContain('from the command');
    expect(document).toMatchObject({
      run: { runId: 'run-1', choice: 'workspace-default' },
      command: { exitStatus: 0, signal: null },
      outcome: 'succeeded',
      destructions: [],
    });
  });

  test('drains a key that was deleted meanwhile', async () => {
    const { keyId } = await shop.add('drain');
    const remove = [
      process.execPath,
      KEYTURN,
      'keys',
      'delete',
      keyId,
      '--workspace',
      'drain',
      '--leave-empty',
      '--yes',
    ];
    const script = join(shop.directory, 'remove.sh');
    const settings = ['KEYTURN_DATA', 'KEYTURN_ENDPOINT_ANTHROPIC'].map(
      (name) => `${name}='${shop.env[name] ?? ''}'`,
    );
    writeFileSync(script, `${settings.join(' ')} ${remove.map((word) => `'${word}'`).join(' ')}\n`);
    const { status, document, stderr } = await shop.ask(start('drain', `sh '${script}'`));
    expect(stderr).toContain('· Deleting · 1 run in flight');
    expect(status).toBe(0);
    expect(document).toMatchObject({ destructions: [{ keyId, state: 'confirmed' }] });
  });
});

describe('a signal', () => {
  test('is passed on, and the run is finished', async () => {
    await shop.add('forward');
    const command = `trap 'echo got it; exit 5' TERM; echo ready; while :; do sleep 0.05; done`;
    const child = spawn(process.execPath, [KEYTURN, ...start('forward', command)], {
      env: shop.env,
      cwd: shop.directory,
    });
    let stdout = '';
    const ready = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        if (stdout === 'ready\n') resolve();
      });
      child.once('close', () => resolve());
    });
    const closed = once(child, 'close');
    await ready;
    child.kill('SIGUSR1');
    child.kill('SIGTERM');
    expect(await closed).toEqual([5, null]);
    expect(stdout).toBe('ready\ngot it\n');
    expect(await runsOf('forward')).toMatchObject([{ open: false, outcome: 'failed' }]);
  });
});

describe('a run that is open', () => {
  test('is resumed with its own key, after the Default has moved', async () => {
    const first = await shop.add('resume');
    const second = await shop.add('resume', 'openai');
    await shop.run(['runs', 'start', 'run-1', '--workspace', 'resume']);
    await shop.run(['keys', 'set-default', second.keyId, '--workspace', 'resume']);
    const resume = ['runs', 'resume', 'run-1', '--workspace', 'resume', '--env-name', 'VENDOR_KEY', '--exec'];
    expect((await shop.run([...resume, 'printf %s "$VENDOR_KEY" > resumed'])).status).toBe(0);
    expect(readFileSync(join(shop.directory, 'resumed'), 'utf8')).toBe(first.secret);
    writeFileSync(join(shop.directory, 'resumed'), '');
  });

  test('is not started twice: the command ran once', async () => {
    await shop.add('once');
    const twice = await Promise.all([
      shop.runReal(start('once', 'echo ran >> ran-once')),
      shop.runReal(start('once', 'echo ran >> ran-once')),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual([0, 1]);
    expect(readFileSync(join(shop.directory, 'ran-once'), 'utf8')).toBe('ran\n');
  });
});
