import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { KEYTURN, runProgram, type Ended } from './testSupport/keyturnProcess';
import { openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

/** Runs a shell command in which `"$@"` is `keyturn` with these words. */
const inShell = (command: string, words = ['workspaces', 'list']): Promise<Ended> =>
  runProgram('/bin/sh', ['-c', command, 'sh', process.execPath, KEYTURN, ...words], {
    env: shop.env,
    cwd: shop.directory,
  });

test('a pipe that is closed before anything is written to it is no error', async () => {
  const { stdout, stderr } = await inShell('{ "$@"; echo "status $?" >&2; } | true');
  expect(stdout).toBe('');
  expect(stderr).toBe('status 0\n');
});

test('output that can not be written is a fault, without a stack trace', async () => {
  const { status, stderr } = await inShell('"$@" > /dev/full');
  expect(stderr).toMatch(/^keyturn: fault \(/);
  expect(stderr).not.toContain('    at ');
  expect(status).toBe(3);
});

test('so is help, and it is told once', async () => {
  const { status, stderr } = await inShell('"$@" > /dev/full', ['--help']);
  expect(stderr).toMatch(/^keyturn: fault \([^\n]*\n$/);
  expect(status).toBe(3);
});
