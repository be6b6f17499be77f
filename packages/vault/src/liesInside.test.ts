import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { liesInside } from './liesInside';
import { tempDirectory } from './testSupport/tempDirectory';

describe('whether a path leads into a directory', () => {
  const root = (): string => {
    const made = tempDirectory();
    mkdirSync(join(made, 'real', 'data'), { recursive: true });
    symlinkSync('real', join(made, 'link'));
    return made;
  };

  test.each([
    ['real/data', 'real/data/master.key', true],
    ['real/data', 'real/data', true],
    ['real/data', 'real/master.key', false],
    ['real/data', 'real/data.master-key', false],
    // The directory is there, the key is not made yet.
    ['link/data', 'link/data/master.key', true],
    ['real/data', 'link/data/master.key', true],
    ['link/data', 'real/data/keys/master.key', true],
    // Nothing is made yet.
    ['link/coming', 'link/coming/master.key', true],
    ['link/coming', 'real/coming/master.key', true],
    ['link/coming', 'link/master.key', false],
  ])('%s and %s: %s', (directory, path, inside) => {
    const made = root();
    expect(liesInside(join(made, directory), join(made, path))).toBe(inside);
  });
});
