import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '../../../..');

const filesBelow = (directory: string, ending: string): ReadonlyArray<string> =>
  readdirSync(join(REPOSITORY, directory), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(directory, path));

/** The shell would write the value, with its password, into the arguments. Every user of the machine can read those. */
test('no command that is documented or printed has a connection string for an argument', () => {
  const files = [...filesBelow('docs', '.md'), ...filesBelow('packages/cli/src/commands', '.ts')];
  expect(files.length).toBeGreaterThan(50);
  const telling = files.filter((path) =>
    /\$\{?KEYTURN_(VAULT|STORE)\b/.test(readFileSync(join(REPOSITORY, path), 'utf8')),
  );
  expect(telling).toEqual([]);
});
