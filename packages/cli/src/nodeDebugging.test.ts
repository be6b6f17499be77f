import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandFault } from './problems';
import { refuseNodeDebugging } from './nodeDebugging';
import { KEYTURN, runProgram } from './testSupport/keyturnProcess';
import { openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const ADD = ['keys', 'add', '--workspace', 'acme', '--vendor', 'anthropic', '--json'];

/** `keys add` in a process of its own, with a key on its standard input. */
const adding = async (nodeOptions: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) => {
  const key = shop.sandbox.issueKey('anthropic');
  const ended = await runProgram(process.execPath, [...nodeOptions, KEYTURN, ...ADD], {
    env: { ...shop.env, ...env },
    cwd: shop.directory,
    input: key,
  });
  return { ...ended, calls: shop.sandbox.callsWith(key).length };
};

/** Code for Node to run ahead of the command. */
const ahead = (name: string, code: string): ReadonlyArray<string> => {
  const file = join(shop.directory, `${name}.js`);
  writeFileSync(file, code);
  return ['--require', file];
};

const OPTIONS = [
  '--inspect=127.0.0.1:0',
  '--inspect-port=0',
  '--heapsnapshot-signal=SIGUSR2',
  '--heapsnapshot-near-heap-limit=1',
  '--report-on-signal',
  '--report-on-fatalerror',
  '--diagnostic-dir=.',
];

describe('I-37: Node is told to show its memory', () => {
  test.each(OPTIONS)('NODE_OPTIONS=%s is refused, and nothing is sent', async (option) => {
    const { status, stdout, calls } = await adding([], { NODE_OPTIONS: `--no-warnings ${option}` });
    expect({ status, calls }).toEqual({ status: 3, calls: 0 });
    expect(stdout).toContain('"node-debug"');
    expect(stdout).toContain(`NODE_OPTIONS has ${option.split('=')[0] ?? ''},`);
  });

  test.each(OPTIONS)('so is node %s', async (option) => {
    const { status, stdout, calls } = await adding([option]);
    expect({ status, calls }).toEqual({ status: 3, calls: 0 });
    expect(stdout).toContain('"node-debug"');
  });

  test.each([
    '--inspect-brk',
    '--inspect_wait=9229',
    '--heapsnapshot_signal=SIGUSR2',
    '--report-uncaught-exception',
    '--report-signal=SIGUSR2',
    '--trace',
    '--trace=true',
    '--heap-prof',
    '--tls-keylog=/tmp/keys',
    '"--diagnostic-dir=/a b"',
  ])('and %s, however it is written', (option) => {
    expect(() => refuseNodeDebugging({ NODE_OPTIONS: `  ${option}` })).toThrow(CommandFault);
  });

  test('options that show nothing are taken', () => {
    const harmless =
      '--max-old-space-size=200 --enable-source-maps --no-warnings --disable-sigusr1 --trace-warnings';
    expect(() => refuseNodeDebugging({ NODE_OPTIONS: harmless }, ['--expose-gc'])).not.toThrow();
  });
});

describe('I-37: the inspector', () => {
  test('that a signal opened before the command began is refused', async () => {
    const raised = ahead('raised', "process.kill(process.pid, 'SIGUSR1');");
    const { status, stdout, stderr, calls } = await adding(raised);
    expect(stderr).toContain('Debugger listening');
    expect({ status, calls }).toEqual({ status: 3, calls: 0 });
    expect(stdout).toContain('The inspector of Node is open');
  });

  test('that a module opened is refused', async () => {
    const opened = ahead('opened', "require('node:inspector').open(0, '127.0.0.1');");
    const { status, calls } = await adding(opened);
    expect({ status, calls }).toEqual({ status: 3, calls: 0 });
  });

  test('is not opened by a signal, from the first thing on that the command loads', async () => {
    const atFirstLoad = ahead(
      'first-load',
      `const Module = require('node:module');
       const load = Module._load;
       Module._load = function (request, parent, ...rest) {
         if (parent?.filename === ${JSON.stringify(KEYTURN)}) process.kill(process.pid, 'SIGUSR1');
         return load.call(this, request, parent, ...rest);
       };`,
    );
    const { status, stderr, calls } = await adding(atFirstLoad);
    expect(stderr).not.toContain('Debugger');
    expect({ status, calls }).toEqual({ status: 0, calls: 1 });
  });

  test('nor by any number of signals at any moment, with a key read', async () => {
    const key = shop.sandbox.issueKey('anthropic');
    const child = spawn(process.execPath, [KEYTURN, ...ADD], { env: shop.env, cwd: shop.directory });
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(key);
    const closed = once(child, 'close');
    const signals = setInterval(() => child.kill('SIGUSR1'), 1);
    await closed;
    clearInterval(signals);
    // What came before Node could take signals ended it; what came before the command could, opened an inspector.
    const listened = Buffer.concat(stderr).includes('Debugger');
    expect([null, 0, 3]).toContain(child.exitCode);
    expect(shop.sandbox.callsWith(key).length > 0 && listened).toBe(false);
  });

  test('no snapshot lies anywhere', () => {
    expect(readdirSync(shop.directory).filter((name) => /\.heapsnapshot$|^report\./.test(name))).toEqual([]);
  });
});
