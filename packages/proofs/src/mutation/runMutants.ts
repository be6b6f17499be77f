import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { MutantResult } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };

/** Ignored by git, and by every check. */
const OUTPUT = 'coverage/mutation';

export interface MutationRun {
  /** A package's name. */
  readonly target: string;
  /** The files to mutate, from the root. */
  readonly files: ReadonlyArray<string>;
  /** How many processes run mutants at once. */
  readonly concurrency: number;
  /** Whether to keep what an earlier run found of mutants whose code and tests are the same since. */
  readonly incremental: boolean;
}

/** A mutant whose fate is known. */
export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly lineNumber: number;
  /** The line as it is, and in it what was replaced, and by what. */
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly fate: 'killed' | 'timed out' | 'survived' | 'not covered';
}

const FATES: Readonly<Partial<Record<MutantResult['status'], Mutant['fate']>>> = {
  Killed: 'killed',
  Timeout: 'timed out',
  Survived: 'survived',
  NoCoverage: 'not covered',
};

/** A process that ended by what nobody caught: not by the runner's own error, a signal, or for want of memory. */
const CRASHED =
  /^Test runner crashed[.].*Child process \[pid \d+\] exited unexpectedly with exit code 1 \(without signal\)/s;

/**
 * What became of a mutant; null where nothing can be said. One that has ended the process, and a fresh one when Stryker tried
 * again, was found out: what nobody catches would have ended jest's process, too.
 */
export const fateOf = (status: MutantResult['status'], reason: string | undefined): Mutant['fate'] | null =>
  status === 'RuntimeError' && reason !== undefined && CRASHED.test(reason)
    ? 'killed'
    : (FATES[status] ?? null);

const onOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** Null for one that was left unmutated on purpose. */
const mutantOf = (root: string, result: MutantResult): Mutant | null => {
  const { fileName, location, replacement, status, statusReason } = result;
  if (status === 'Ignored') return null;
  const fate = fateOf(status, statusReason);
  if (fate === null) throw new Error(`a mutant of ${fileName} could not be run: ${statusReason ?? status}`);
  const file = relative(root, resolve(root, fileName));
  const { start, end } = location;
  const lines = readFileSync(join(root, file), 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  const from = lines
    .map((line, i) => line.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined))
    .join('\n');
  return {
    file,
    lineNumber: start.line,
    line: onOneLine(lines[0] ?? ''),
    from: onOneLine(from),
    to: onOneLine(replacement),
    fate,
  };
};

const Report = t.type({
  files: t.record(t.string, t.type({ mutants: t.array(t.type({ status: t.string })) })),
});

const RUN_AGAIN: ReadonlyArray<string> = ['Survived', 'NoCoverage', 'RuntimeError'];

/** Survivors are always run again: Stryker would keep those of code that runs while modules load, whatever tests are new. */
const forgetSurvivors = (path: string): void => {
  if (!existsSync(path)) return;
  const report = Report.decode(JSON.parse(readFileSync(path, 'utf8')));
  if (E.isLeft(report)) return;
  for (const file of Object.values(report.right.files)) {
    file.mutants = file.mutants.filter(({ status }) => !RUN_AGAIN.includes(status));
  }
  writeFileSync(path, JSON.stringify(report.right));
};

/** Has Stryker mutate the files and run the package's tests against each mutant. The working directory must be the root. */
export const runMutants = async (root: string, run: MutationRun): Promise<ReadonlyArray<Mutant>> => {
  const { Stryker } = await import('@stryker-mutator/core');
  mkdirSync(join(root, OUTPUT), { recursive: true });
  const incrementalFile = `${OUTPUT}/${run.target}.incremental.json`;
  if (run.incremental) forgetSurvivors(join(root, incrementalFile));
  const stryker = new Stryker({
    packageManager: 'pnpm',
    plugins: [join(__dirname, 'strykerPlugins.js')],
    ignorers: ['sentences'],
    testRunner: 'resident',
    testRunnerNodeArgs: ['-r', join(root, 'packages/proofs/src/mutation/sourceHooks.cjs')],
    keyturnTarget: run.target,
    mutate: [...run.files],
    coverageAnalysis: 'perTest',
    concurrency: run.concurrency,
    // Generous: a busy machine must not count as a kill, nor a test that hangs by itself. Endless loops are found by counting.
    timeoutMS: 180_000,
    timeoutFactor: 4,
    dryRunTimeoutMinutes: 30,
    disableTypeChecks: false,
    incremental: true,
    force: !run.incremental,
    incrementalFile,
    tempDirName: `${OUTPUT}/sandbox`,
    ignorePatterns: ['coverage', 'dist', 'docs', '.ci', 'packages/*/bench'],
    reporters: ['html', 'survivors'],
    htmlReporter: { fileName: `${OUTPUT}/${run.target}.html` },
    warnings: { unknownOptions: false, slow: false, preprocessorErrors: true, unserializableOptions: true },
    allowConsoleColors: process.stdout.isTTY,
  });
  const results = await stryker.runMutationTest();
  return results
    .map((result) => mutantOf(root, result))
    .filter((mutant) => mutant !== null && run.files.includes(mutant.file))
    .filter((mutant): mutant is Mutant => mutant !== null);
};
