import { ModuleMocker } from 'jest-mock';

/** What a test takes from `@jest/globals`, without jest around it. */
export { expect } from 'expect';
export { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'jest-circus';
export const jest = new ModuleMocker(globalThis);
