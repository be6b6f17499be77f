import { dirname, relative } from 'node:path';
import type {
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestRunner,
  TestRunnerCapabilities,
} from '@stryker-mutator/api/test-runner' with { 'resolution-mode': 'import' };
import { loadTests, type LoadedTests, type Outcome, type TestFiles } from './loadedTests';
import { instrumentation } from './instrumentation';

/**
 * Runs tests for Stryker in one process that stays: test files are loaded once and run again for each mutant, which costs
 * milliseconds. Only a mutant in what modules do while they load needs them loaded anew. The tests are jest's own, on jest's
 * own circus; what is left out is jest's isolation of one test file from the next.
 */
export class ResidentRunner implements TestRunner {
  #loaded: LoadedTests | null = null;
  /** Whether what is loaded may carry traces of a mutant: one that was active while modules were loading. */
  #stained = false;

  constructor(private readonly files: TestFiles) {}

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  #load(): LoadedTests {
    this.#loaded = loadTests(this.files);
    return this.#loaded;
  }

  async dryRun(): Promise<DryRunResult> {
    const { DryRunStatus, TestStatus } = await import('@stryker-mutator/api/test-runner');
    instrumentation.mutantCoverage = { static: {}, perTest: {} };
    const outcome = await this.#load().run({ stopAtFailure: false });
    if (outcome.outsideTests.length > 0) {
      return { status: DryRunStatus.Error, errorMessage: outcome.outsideTests.join('\n') };
    }
    return {
      status: DryRunStatus.Complete,
      mutantCoverage: instrumentation.mutantCoverage,
      tests: outcome.tests.map(({ id, file, ms, failure }) => ({
        id,
        name: id,
        fileName: file,
        timeSpentMs: ms,
        ...(failure === null
          ? { status: TestStatus.Success }
          : { status: TestStatus.Failed, failureMessage: failure }),
      })),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { MutantRunStatus } = await import('@stryker-mutator/api/test-runner');
    const { activeMutant, hitLimit, mutantActivation, sandboxFileName, testFilter } = options;
    const mutatedFile = relative(process.cwd(), sandboxFileName);
    instrumentation.hitLimit = hitLimit;
    instrumentation.hitCount = hitLimit === undefined ? undefined : 0;
    const atLoad = mutantActivation === 'static';
    instrumentation.activeMutant = atLoad ? activeMutant.id : undefined;
    const run = (loaded: LoadedTests): Promise<Outcome> => {
      instrumentation.activeMutant = activeMutant.id;
      return loaded.run({
        stopAtFailure: true,
        files: (testFile) => this.files.isRunFor(testFile, mutatedFile),
        ...(testFilter === undefined ? {} : { only: new Set(testFilter) }),
      });
    };
    const killed = ({ tests, outsideTests }: Outcome): boolean =>
      outsideTests.length > 0 || tests.some(({ failure }) => failure !== null);
    let outcome: Outcome;
    if (atLoad) {
      // Whoever finds out is most often nearby, and a few files are loaded faster than all.
      const near = this.files.tests.filter((file) => dirname(file) === dirname(mutatedFile));
      outcome = await run(loadTests({ ...this.files, tests: near }));
      this.#loaded = null;
      if (!killed(outcome)) outcome = await run(this.#load());
    } else {
      outcome = await run(this.#loaded === null || this.#stained ? this.#load() : this.#loaded);
    }
    this.#stained = atLoad;
    instrumentation.activeMutant = undefined;
    const { tests, outsideTests } = outcome;

    if (hitLimit !== undefined && (instrumentation.hitCount ?? 0) > hitLimit) {
      return { status: MutantRunStatus.Timeout, reason: 'the mutant was passed again and again' };
    }
    const failed = tests.filter(({ failure }) => failure !== null);
    const reasons = [...failed.map(({ failure }) => failure), ...outsideTests];
    return reasons.length === 0
      ? { status: MutantRunStatus.Survived, nrOfTests: tests.length }
      : {
          status: MutantRunStatus.Killed,
          killedBy: failed.map(({ id }) => id),
          failureMessage: reasons[0] ?? '',
          nrOfTests: tests.length,
        };
  }
}
