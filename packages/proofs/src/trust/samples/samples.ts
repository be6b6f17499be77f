import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { TrustCheck } from '../check';

const ROOT = join(__dirname, '../../../../..');

const FAILS_WHOLE = 'packages/proofs/src/trust/samples/testSupport/failsWhole.ts';

/** Suites that say themselves that they take samples. */
const suitesWithSamples = (): ReadonlyArray<string> =>
  readdirSync(join(ROOT, 'packages')).flatMap((name) => {
    const sources = join(ROOT, 'packages', name, 'src');
    return readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => join(sources, path))
      .filter((path) => /from '[^']*\/sampling'/.test(readFileSync(path, 'utf8')));
  });

const Results = t.type({
  numPassedTests: t.number,
  testResults: t.array(
    t.type({
      name: t.string,
      status: t.string,
      assertionResults: t.array(t.type({ fullName: t.string, status: t.string })),
    }),
  ),
});

const violationsIn = (suite: t.TypeOf<typeof Results>['testResults'][number]): ReadonlyArray<string> => {
  const name = relative(ROOT, suite.name);
  const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0 && suite.status === 'failed') return [`${name} could not be run`];
  return failed.map(({ fullName }) => `${name}: ${fullName}`);
};

/** Runs suites with all that they leave out elsewhere: once, however long the budget. */
const runWhole =
  (suites: () => ReadonlyArray<string>): TrustCheck['run'] =>
  async ({ seed, progress }) => {
    // Not as arguments of their own, which are patterns: a suite is found by no part of another's name.
    const words = suites().flatMap((suite) => ['--testMatch', suite]);
    const child = spawn(
      process.execPath,
      [join(ROOT, 'node_modules/jest/bin/jest.js'), '--json', '--silent', `--seed=${seed}`, ...words],
      { cwd: ROOT, env: { ...process.env, KEYTURN_WHOLE: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const closed = once(child, 'close');
    let ended = 0;
    createInterface(child.stderr).on('line', (line) => {
      if (/^(PASS|FAIL) /.test(line)) progress({ suites: (ended += 1) });
    });
    const results = Results.decode(JSON.parse(await text(child.stdout)));
    await closed;
    if (E.isLeft(results)) throw new Error('jest has not said what it found');
    const { testResults, numPassedTests } = results.right;
    return {
      figures: { suites: testResults.length, 'tests in them': numPassedTests },
      violations: testResults.flatMap(violationsIn),
    };
  };

export const samples: TrustCheck = {
  name: 'samples',
  promise: 'What `./scripts/test` tries in samples holds in every case.',
  run: runWhole(suitesWithSamples),
  faulty: [
    {
      name: 'a suite that passes with each sample, and not with all',
      seen: /failsWhole\.ts: holds for each sample, and not for all/,
      run: runWhole(() => [join(ROOT, FAILS_WHOLE)]),
    },
  ],
};
