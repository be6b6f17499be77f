/** What the mutated code and the test runner tell each other, by Stryker's convention. */
interface Instrumentation {
  activeMutant: string | undefined;
  currentTestId: string | undefined;
  /** How often the active mutant was passed, and from when on it throws, so that no loop goes on for ever. */
  hitCount: number | undefined;
  hitLimit: number | undefined;
  mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

declare global {
  var __stryker__: Instrumentation | undefined;
}

export const instrumentation: Instrumentation = (globalThis.__stryker__ ??= {
  activeMutant: undefined,
  currentTestId: undefined,
  hitCount: undefined,
  hitLimit: undefined,
  mutantCoverage: { static: {}, perTest: {} },
});
