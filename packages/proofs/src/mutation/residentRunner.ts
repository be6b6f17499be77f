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

/** What came of a mutant's tests. */
interface Met extends Outcome {
  /** It was passed again and again, and thrown out of its loop. */
  readonly endless: boolean;
}

/** Runs a mutant's tests on what this loads: all of them, or these alone. */
type RunOn = (load: () => LoadedTests, only?: ReadonlySet<string>) => Promise<Met>;

/** A test that has found mutants out. */
interface Witness {
  readonly id: string;
  readonly file: string;
  /** How many of the file's mutants it has found out. */
  readonly mutants: number;
}

const LIKELY_WITNESSES = 5;

const failedTests = ({ tests }: Outcome): ReadonlyArray<string> =>
  tests.filter(({ failure }) => failure !== null).map(({ id }) => id);

/** What went wrong, in tests and outside of them. */
const failures = ({ tests, outsideTests }: Outcome): ReadonlyArray<string> => [
  ...tests.flatMap(({ id, failure }) => (failure === null ? [] : `${id}: ${failure}`)),
  ...outsideTests,
];

const switchOff = (): void => {
  instrumentation.activeMutant = undefined;
  instrumentation.hitLimit = undefined;
  instrumentation.hitCount = undefined;
};

/** The tests that found out; all that were run where the fault came outside of them. */
const witnesses = (met: Met): ReadonlySet<string> => {
  const failed = failedTests(met);
  return new Set(failed.length > 0 ? failed : met.tests.map(({ id }) => id));
};

/** Whether tests pass with no mutant switched on. */
const passUnmutated = async (load: () => LoadedTests, only: ReadonlySet<string>): Promise<boolean> => {
  switchOff();
  return failures(await load().run({ stopAtFailure: false, only })).length === 0;
};

/** The tests fail by themselves: nothing can be said of a mutant. */
class UnsoundTests extends Error {}

/**
 * Runs tests for Stryker in one process that stays: test files are loaded once and run again for each mutant, which costs
 * milliseconds. Only a mutant in what modules do while they load needs them loaded anew. The tests are jest's own, on jest's
 * own circus; what is left out is jest's isolation of one test file from the next.
 *
 * So a test may fail for what came before it. That must not count as finding a mutant out: tests that fail with a mutant have to
 * pass without it, and to fail with it again. Else the mutant meets tests that are loaded anew, and where those fail without it,
 * too, nothing is said.
 */
export class ResidentRunner implements TestRunner {
  #loaded: LoadedTests | null = null;
  /** By the mutated file and the test's id. */
  readonly #foundOut = new Map<string, Map<string, Witness>>();

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
    const mutantCoverage = { static: {}, perTest: {} };
    instrumentation.mutantCoverage = mutantCoverage;
    const loaded = this.#load();
    const outcome = await loaded.run({ stopAtFailure: false });
    if (outcome.outsideTests.length > 0) {
      return { status: DryRunStatus.Error, errorMessage: outcome.outsideTests.join('\n') };
    }
    if (failedTests(outcome).length === 0) {
      instrumentation.mutantCoverage = { static: {}, perTest: {} };
      const again = failures(await loaded.run({ stopAtFailure: false }));
      if (again.length > 0) {
        return { status: DryRunStatus.Error, errorMessage: `Failed when run again:\n${again.join('\n')}` };
      }
    }
    return {
      status: DryRunStatus.Complete,
      mutantCoverage,
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

  async #isSure(met: Met, load: () => LoadedTests, runOn: RunOn): Promise<boolean> {
    if (met.endless || failures(met).length === 0) return true;
    const only = witnesses(met);
    return (await passUnmutated(load, only)) && failures(await runOn(load, only)).length > 0;
  }

  /** For a mutant that is passed while tests run. */
  async #runLoaded(runOn: RunOn): Promise<Met> {
    const loaded = this.#loaded ?? this.#load();
    const met = await runOn(() => loaded);
    if (await this.#isSure(met, () => loaded, runOn)) return met;
    const anew = this.#load();
    const metAnew = await runOn(() => anew);
    if (await this.#isSure(metAnew, () => anew, runOn)) return metAnew;
    throw new UnsoundTests([...witnesses(metAnew)].join(', '));
  }

  /** The tests that have found out most of the mutants of a file so far. */
  #likelyWitnesses(mutatedFile: string): ReadonlyArray<Witness> {
    const known = [...(this.#foundOut.get(mutatedFile)?.values() ?? [])];
    return known.sort((a, b) => b.mutants - a.mutants).slice(0, LIKELY_WITNESSES);
  }

  #remember(mutatedFile: string, met: Met): void {
    const known = this.#foundOut.get(mutatedFile) ?? new Map<string, Witness>();
    for (const { id, file, failure } of met.tests) {
      if (failure !== null) known.set(id, { id, file, mutants: (known.get(id)?.mutants ?? 0) + 1 });
    }
    this.#foundOut.set(mutatedFile, known);
  }

  /** For a mutant that is passed while modules load: nothing that was loaded with it is kept. */
  async #runLoading(mutatedFile: string, runOn: RunOn): Promise<Met> {
    this.#loaded = null;
    // Few tests are loaded and run faster than all: first those that found out its neighbours, then its own, then those nearby.
    const likely = this.#likelyWitnesses(mutatedFile);
    const near = this.files.tests.filter((file) => dirname(file) === dirname(mutatedFile));
    const stages: ReadonlyArray<readonly [tests: ReadonlyArray<string>, only?: ReadonlySet<string>]> = [
      [[...new Set(likely.map(({ file }) => file))], new Set(likely.map(({ id }) => id))],
      [near.filter((file) => file === mutatedFile.replace(/[.]ts$/, '.test.ts'))],
      [near],
    ];
    for (const [tests, only] of stages.filter(([tests]) => tests.length > 0)) {
      const loadSome = (): LoadedTests => loadTests({ ...this.files, tests });
      const met = await runOn(loadSome, only);
      if (failures(met).length > 0 && (await this.#isSure(met, loadSome, runOn))) return met;
    }
    const loadAll = (): LoadedTests => loadTests(this.files);
    const metByAll = await runOn(loadAll);
    if (await this.#isSure(metByAll, loadAll, runOn)) return metByAll;
    throw new UnsoundTests([...witnesses(metByAll)].join(', '));
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { MutantRunStatus } = await import('@stryker-mutator/api/test-runner');
    const { activeMutant, hitLimit, mutantActivation, sandboxFileName, testFilter } = options;
    const mutatedFile = relative(process.cwd(), sandboxFileName);
    const whileLoading = mutantActivation === 'static';
    const runOn: RunOn = async (load, only = testFilter === undefined ? undefined : new Set(testFilter)) => {
      instrumentation.hitLimit = hitLimit;
      instrumentation.hitCount = hitLimit === undefined ? undefined : 0;
      instrumentation.activeMutant = whileLoading ? activeMutant.id : undefined;
      const loaded = load();
      instrumentation.activeMutant = activeMutant.id;
      const outcome = await loaded.run({
        stopAtFailure: true,
        isMeant: (test) => this.files.isRunFor(test, mutatedFile),
        ...(only === undefined ? {} : { only }),
      });
      return {
        ...outcome,
        endless: hitLimit !== undefined && (instrumentation.hitCount ?? 0) > hitLimit,
      };
    };
    let met: Met;
    try {
      met = await (whileLoading ? this.#runLoading(mutatedFile, runOn) : this.#runLoaded(runOn));
    } catch (error) {
      if (!(error instanceof UnsoundTests)) throw error;
      return {
        status: MutantRunStatus.Error,
        errorMessage: `these tests fail by themselves: ${error.message}`,
      };
    } finally {
      switchOff();
    }

    this.#remember(mutatedFile, met);
    const [reason] = failures(met);
    if (met.endless) {
      return { status: MutantRunStatus.Timeout, reason: 'the mutant was passed again and again' };
    }
    return reason === undefined
      ? { status: MutantRunStatus.Survived, nrOfTests: met.tests.length }
      : {
          status: MutantRunStatus.Killed,
          killedBy: [...failedTests(met)],
          failureMessage: reason,
          nrOfTests: met.tests.length,
        };
  }
}
