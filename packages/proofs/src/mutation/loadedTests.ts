import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { addEventHandler, describe, getState, resetState, run, type State } from 'jest-circus';
import { instrumentation } from './instrumentation';

type Block = State['rootDescribeBlock'];
type Test = Extract<Block['children'][number], { type: 'test' }>;

interface TestOutcome {
  readonly id: string;
  readonly file: string;
  readonly ms: number;
  readonly failure: string | null;
}

export interface Outcome {
  readonly tests: ReadonlyArray<TestOutcome>;
  /** What went wrong while loading, and what was thrown where no test was running. */
  readonly outsideTests: ReadonlyArray<string>;
}

interface RunOptions {
  readonly only?: ReadonlySet<string>;
  /** Which tests to run, by their names; all when not given. */
  readonly isMeant?: (test: string) => boolean;
  readonly stopAtFailure: boolean;
}

export interface LoadedTests {
  readonly run: (options: RunOptions) => Promise<Outcome>;
}

const TEST_TIMEOUT_MS = 20_000;

// Each matcher takes a stack when it is called, and nobody reads more of it.
Error.stackTraceLimit = 3;

const load = createRequire(__filename);

const testsIn = (block: Block): ReadonlyArray<Test> =>
  block.children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));

const pathOf = (block: Block | undefined): ReadonlyArray<string> =>
  block?.parent === undefined ? [] : [...pathOf(block.parent), block.name];

const told = (error: unknown): string =>
  (Array.isArray(error) ? error : [error])
    .filter((part) => part !== undefined && part !== null)
    .map((part: unknown) => (part instanceof Error ? (part.stack ?? part.message) : String(part)))
    .join('\n');

/** Files of the copy, so that they are run again when they are next required. */
const forget = (isMeant: (file: string) => boolean): void => {
  const packages = join(process.cwd(), 'packages') + sep;
  for (const file of Object.keys(load.cache)) {
    if (file.startsWith(packages) && file.endsWith('.ts') && isMeant(file)) {
      Reflect.deleteProperty(load.cache, file);
    }
  }
};

/** Loads a file of tests with support of its own: what that registers to be cleaned up belongs to the file that had it loaded. */
const loadTestFile = (file: string): void => {
  forget((path) => path.includes(`${sep}testSupport${sep}`));
  load(join(process.cwd(), file));
};

interface Tracked {
  readonly test: Test;
  /** By its place in its file: names may hold what is generated while the file is loaded. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly mode: Test['mode'];
}

const track = (root: Block): ReadonlyArray<Tracked> => {
  const count = new Map<string, number>();
  return testsIn(root).map((test) => {
    const [file = '', ...path] = pathOf(test.parent);
    const place = (count.get(file) ?? 0) + 1;
    count.set(file, place);
    return {
      test,
      id: `${file} ${place}`,
      name: [file, ...path, test.name].join(' › '),
      file,
      mode: test.mode,
    };
  });
};

/** How long tests took when they were last run to their end: the quick ones are run first, since most mutants die soon. */
const lastMs = new Map<string, number>();

const sortByTime = (block: Block, ids: ReadonlyMap<Test, string>): number => {
  const timed = block.children.map((child) => {
    const ms = child.type === 'test' ? (lastMs.get(ids.get(child) ?? '') ?? 0) : sortByTime(child, ids);
    return { child, ms };
  });
  timed.sort((a, b) => a.ms - b.ms);
  block.children = timed.map(({ child }) => child);
  return timed.reduce((sum, { ms }) => sum + ms, 0);
};

/** What one run of these tests needs to know while they run; the handlers below outlive it. */
let current: { ids: ReadonlyMap<Test, string>; stop: (() => void) | null } = { ids: new Map(), stop: null };

addEventHandler((event) => {
  if (event.name === 'test_start') {
    instrumentation.currentTestId = current.ids.get(event.test);
  } else if (event.name === 'test_done') {
    instrumentation.currentTestId = undefined;
    if (event.test.errors.length > 0) current.stop?.();
  }
});

/** Names what test files do while they load; a mutant that is passed by that alone is covered by no test. */
const LOADING = 'while test files are loaded';

export interface TestFiles {
  /** The sources whose mutants are run. */
  readonly sources: ReadonlyArray<string>;
  readonly tests: ReadonlyArray<string>;
  readonly isRun: (test: string) => boolean;
  readonly isRunFor: (test: string, mutatedFile: string) => boolean;
}

/** Loads these sources and tests anew, the sources first. The tests can be run any number of times. */
export const loadTests = ({ sources, tests, isRun }: TestFiles): LoadedTests => {
  forget(() => true);
  resetState();
  const failures: Array<string> = [];
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      failures.push(told(error));
    }
  };
  instrumentation.currentTestId = undefined;
  attempt(() => sources.forEach((file) => void load(join(process.cwd(), file))));
  instrumentation.currentTestId = LOADING;
  for (const file of tests) attempt(() => describe(file, () => loadTestFile(file)));
  instrumentation.currentTestId = undefined;
  Reflect.deleteProperty(instrumentation.mutantCoverage.perTest, LOADING);
  const state = getState();
  state.testTimeout = TEST_TIMEOUT_MS;
  const tracked = track(state.rootDescribeBlock).map((each) =>
    isRun(each.name) ? each : { ...each, mode: 'skip' as const },
  );
  const ids = new Map(tracked.map(({ test, id }) => [test, id]));

  return {
    run: async ({ only, isMeant = () => true, stopAtFailure }) => {
      if (failures.length > 0) return { tests: [], outsideTests: failures };
      for (const { test, id, name, mode } of tracked) {
        test.errors = [];
        test.status = null;
        test.mode = (only === undefined || only.has(id)) && isMeant(name) ? mode : 'skip';
      }
      const stop = (): void => tracked.forEach(({ test }) => (test.mode = 'skip'));
      current = { ids, stop: stopAtFailure ? stop : null };
      state.unhandledErrors = [];
      sortByTime(state.rootDescribeBlock, ids);
      await run();
      for (const { test, id } of stopAtFailure ? [] : tracked) {
        if (test.status === 'done') lastMs.set(id, test.duration ?? 0);
      }
      return {
        outsideTests: state.unhandledErrors.map(told),
        tests: tracked
          .filter(({ test }) => test.status === 'done')
          .map(({ test, id, file }) => ({
            id,
            file,
            ms: test.duration ?? 0,
            failure: test.errors.length === 0 ? null : test.errors.map(told).join('\n'),
          })),
      };
    },
  };
};
