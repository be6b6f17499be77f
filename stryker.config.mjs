/**
 * Mutation testing with Stryker, started by scripts/mutation: what is changed, and which tests have to find out.
 * docs/mutation-testing.md says how it is used and how long it takes.
 */
const ROOMS = {
  domain: {
    mutate: ['packages/domain/src/{decide,evolve}/**/*.ts'],
    tests: ['**/packages/domain/src/**/*.test.ts'],
    // They decide while they load, so that a mutant would end them with an error, which Stryker does not count.
    leftOut: ['/src/snapshot/', '/src/history[.]test[.]ts$'],
  },
  vault: {
    mutate: ['packages/vault/src/{box,hierarchy,release,seal,unseal}.ts'],
    // Those nearest to what is mutated: others that pass it take seconds for each mutant.
    tests: ['**/packages/vault/src/{box,hierarchy,memory,release,sealedContent,unseal}*.test.ts'],
    leftOut: [],
  },
};

const name = process.env.KEYTURN_MUTATION ?? 'domain';
const room = ROOMS[name];
if (room === undefined) throw new Error(`KEYTURN_MUTATION is one of ${Object.keys(ROOMS).join(', ')}`);

export default {
  packageManager: 'pnpm',
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  mutate: [...room.mutate, '!**/*.test.ts'],
  ignorePatterns: ['dist', 'bundle', 'coverage', 'docs', '*.tsbuildinfo'],
  disableTypeChecks: false,
  jest: {
    projectType: 'custom',
    configFile: 'jest.config.ts',
    config: {
      testMatch: room.tests,
      setupFiles: ['<rootDir>/packages/domain/src/testSupport/briefProperties.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...room.leftOut],
      // A mutant's fate must not change with the order.
      randomize: false,
      bail: 1,
    },
  },
  concurrency: 2,
  // On a busy machine a mutant must not count as found out because its tests were slow.
  timeoutMS: 60_000,
  incremental: true,
  incrementalFile: `coverage/mutation/${name}.json`,
  reporters: ['clear-text', 'progress-append-only', 'html'],
  htmlReporter: { fileName: `coverage/mutation/${name}.html` },
  clearTextReporter: { reportTests: false, logTests: false, allowColor: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
