/** @jest-config-loader esbuild-register */
import type { Config } from 'jest';

/**
 * Tests run on the sources: workspace packages are mapped to them, and swc strips the types (tsc checks them apart).
 */
const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/packages'],
  testMatch: ['**/src/**/*.test.ts'],
  moduleNameMapper: {
    // What is loaded on first use is written as Node takes it.
    '^([.]{1,2}/.*)[.]js$': '$1',
    '^keyturn$': '<rootDir>/packages/keyturn/src/index.ts',
    '^@keyturn/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^@keyturn/([^/]+)/([^/]+)$': '<rootDir>/packages/$1/src/$2/index.ts',
  },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/packages/.*/dist', '<rootDir>/packages/cli/bundle'],
  // Kept from run to run, wherever the tests have their files.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  coverageDirectory: '<rootDir>/coverage',
  coverageProvider: 'v8',
  collectCoverageFrom: ['packages/*/src/**/*.{ts,tsx}', '!**/*.test.ts', '!**/testSupport/**'],
  // Looked up at each use otherwise, since tests run in a context of their own: a fifth of the time of what computes.
  // They are every module's parameters: none that a library declares, as many do Buffer.
  sandboxInjectedGlobals: [
    ...['Array', 'BigInt', 'Error', 'JSON', 'Map', 'Math', 'Number'],
    ...['Object', 'Promise', 'Set', 'String', 'Symbol', 'Uint8Array'],
  ],
  // One more than two cores: tests also wait, for a disk, a server or a process.
  maxWorkers: 3,
  setupFiles: ['<rootDir>/scripts/tests-without-context.cjs'],
  // Ends only what hangs: how fast a test is says nothing, since machines may be loaded.
  testTimeout: 300_000,
  // The order within a file is shuffled; the run prints its seed, and --seed repeats it.
  randomize: true,
  reporters: ['default', '<rootDir>/scripts/worker-seconds.mjs'],
};

export default config;
