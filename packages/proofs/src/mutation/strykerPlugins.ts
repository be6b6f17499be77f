import type { StrykerOptions } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import type { TestRunner } from '@stryker-mutator/api/test-runner' with { 'resolution-mode': 'import' };
import { Progress } from './progress';
import { sentences } from './sentences';
import { ResidentRunner } from './residentRunner';
import { isRun, isRunFor, mutatedFilesOf, testFilesOf } from './targets';

const createRunner = ({ keyturnTarget }: StrykerOptions): TestRunner =>
  new ResidentRunner({
    sources: mutatedFilesOf(keyturnTarget, process.cwd()),
    tests: testFilesOf(keyturnTarget, process.cwd()),
    isRun: (test) => isRun(keyturnTarget, test),
    isRunFor: (test, mutatedFile) => isRunFor(keyturnTarget, test, mutatedFile),
  });

createRunner.inject = ['options'] as const;

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'resident', factory: createRunner },
  { kind: 'Reporter', name: 'survivors', injectableClass: Progress },
  { kind: 'Ignore', name: 'sentences', value: { shouldIgnore: sentences } },
];
