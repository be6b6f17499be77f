import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTY_PARTS } from './faultyParts';
import { filesLoadedBy } from './loadedFiles';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-run-time-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

// All of them are tried by `scripts/trust --faulty`.
test.each(FAULTY_PARTS.slice(0, 1))('the check finds $name', async ({ run, seen }) => {
  const { violations } = await run({ until: 0, seed: 1, progress: () => undefined });
  expect(violations.join('\n')).toMatch(seen);
});

test('a process that fails is no pass, and its input is not repeated', async () => {
  const entry = join(directory, 'fails.cjs');
  writeFileSync(entry, 'exports.fail = (input) => { throw new Error(input); };');
  const failed = filesLoadedBy({ entry, run: 'fail', input: 'a-secret-of-somebody' });
  await expect(failed).rejects.toThrow(/ended with 1/);
  await expect(failed).rejects.not.toThrow(/a-secret/);
});
