import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apartAtRunTime, PACKAGES, type Sides } from './atRunTime';
import { filesLoadedBy, type Side } from './loadedFiles';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-run-time-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

const text = JSON.stringify;

/** The side as it is, after something else was done in its process. */
const after = (first: string, side: Side): Side => ({
  ...side,
  entry: file(
    `after-${side.run}.cjs`,
    `exports.${side.run} = async (input) => { ${first}; return require(${text(side.entry)}).${side.run}(input); };`,
  ),
});

const both =
  (first: string) =>
  ({ customers, operators }: Sides): Sides => ({
    customers: after(first, customers),
    operators: after(first, operators),
  });

const packageFile = (name: string): string => text(join(PACKAGES, name));

/** Where the vault's passphrases are hashed. */
const nativePart = (): string =>
  execFileSync(
    process.execPath,
    [
      '-p',
      `require('node:module').createRequire(${packageFile('vault/package.json')})('@node-rs/argon2');
       process.report.getReport().sharedObjects.find((path) => path.endsWith('.node'))`,
    ],
    { encoding: 'utf8' },
  ).trim();

describe('the check finds', () => {
  test.each<readonly [string, () => (sides: Sides) => Sides, RegExp]>([
    [
      'a file that both have loaded',
      () => both(`require(${text(file('shared.cjs', ''))})`),
      /both loaded: .*shared\.cjs/,
    ],
    [
      'an ES module that both have loaded',
      () => both(`await import(${text(file('shared.mjs', ''))})`),
      /both loaded: .*shared\.mjs/,
    ],
    [
      'native code that both have mapped, whatever loaded it',
      () => both(`process.dlopen({ exports: {} }, ${text(nativePart())})`),
      /both loaded: .*argon2.*\.node/,
    ],
    [
      'a file of another package on the operator’s path alone',
      () => (sides) => ({
        ...sides,
        operators: after(`require(${packageFile('domain/dist/ids.js')})`, sides.operators),
      }),
      /The operator's path loaded of other packages: domain\/dist\/ids\.js/,
    ],
    [
      'the operator package on the customers’ path',
      () => (sides) => ({
        ...sides,
        customers: after(`require(${packageFile('operator-credentials')})`, sides.customers),
      }),
      /both loaded: operator-credentials\/dist\/content\.js/,
    ],
    [
      'a critic that takes the customer’s key',
      () => (sides) => ({
        ...sides,
        operators: {
          ...sides.operators,
          entry: file(
            'critic.cjs',
            `exports.judgeBeforeCommit = async ({ origin }) => {
               require(${packageFile('operator-credentials')});
               await fetch(origin + '/v1/messages', { method: 'POST', headers: { 'x-api-key': 'another' } });
             };`,
          ),
        },
      }),
      /with what belongs to the other's/,
    ],
    [
      'a side that does nothing',
      () => (sides) => ({
        ...sides,
        customers: { ...sides.customers, entry: file('idle.cjs', 'exports.addAKeyAndRun = () => null;') },
      }),
      /loaded nothing of vault\/dist: this shows nothing/,
    ],
  ])('%s', async (_, change, seen) => {
    const { violations } = await apartAtRunTime(change());
    expect(violations.join('\n')).toMatch(seen);
  });
});

test('a process that fails is no pass, and its input is not repeated', async () => {
  const entry = file('fails.cjs', 'exports.fail = (input) => { throw new Error(input); };');
  const failed = filesLoadedBy({ entry, run: 'fail', input: 'a-secret-of-somebody' });
  await expect(failed).rejects.toThrow(/ended with 1/);
  await expect(failed).rejects.not.toThrow(/a-secret/);
});
