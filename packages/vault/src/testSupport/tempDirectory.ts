import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A new directory, removed when the tests of the file are over. */
export const tempDirectory = (() => {
  const made: Array<string> = [];
  afterAll(() => {
    for (const path of made.splice(0)) {
      rmSync(path, { recursive: true, force: true });
    }
  });
  return (): string => {
    const path = mkdtempSync(join(tmpdir(), 'keyturn-vault-'));
    made.push(path);
    return path;
  };
})();

/** The files under a directory that have these bytes somewhere. */
export const filesWith = (directory: string, bytes: Buffer): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .filter((name) => readFileSync(join(directory, name)).includes(bytes));
