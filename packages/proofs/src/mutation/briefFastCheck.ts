import * as fc from 'fast-check';

/**
 * fast-check for mutation runs: always the same seed, so that a mutant's fate does not change from run to run; fewer runs,
 * since a property is run for hundreds of mutants; and no shrinking, since nobody reads the counterexample.
 */
const SEED = 20_260_101;
const RUNS = 40;

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED, numRuns: RUNS, endOnFailure: true });

const brief = <Ts>(params: fc.Parameters<Ts> = {}): fc.Parameters<Ts> => ({
  ...params,
  numRuns: Math.min(params.numRuns ?? RUNS, RUNS),
});

const assert = <Ts>(
  property: fc.IAsyncProperty<Ts> | fc.IProperty<Ts>,
  params?: fc.Parameters<Ts>,
): void | Promise<void> => fc.assert(property, brief(params));

const replacement = { ...fc, assert };

export = Object.assign(Object.defineProperty(replacement, '__esModule', { value: true }), {
  default: replacement,
});
