import fc from 'fast-check';

/**
 * Loaded for mutation testing alone: the first counterexample is enough, and a mutant's fate must not depend on chance.
 */
fc.configureGlobal({ seed: 1, numRuns: 40, endOnFailure: true });
