import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readUnshared } from './unsharedFiles';

interface Entry {
  readonly path: string;
  readonly mode: number;
  /** Null for a directory. */
  readonly content: Buffer | null;
}

/** Parents come before what is in them. */
const entriesOf = (directory: string): ReadonlyArray<Entry> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const stat = statSync(path);
      return {
        path: relative(directory, path),
        mode: stat.mode & 0o777,
        content: stat.isDirectory() ? null : readUnshared(path),
      };
    });

/**
 * Gives temporary directories with equal contents. `fill` makes them once, in the first; every other one is a copy.
 * Making databases flushes the disk many times, and copying their files does not.
 */
export const directoryTemplate = (fill: (directory: string) => Promise<void>): (() => Promise<string>) => {
  const made = async (): Promise<ReadonlyArray<Entry>> => {
    const directory = mkdtempSync(join(tmpdir(), 'keyturn-new-'));
    try {
      await fill(directory);
      return entriesOf(directory);
    } finally {
      rmSync(directory, { recursive: true });
    }
  };
  let entries: Promise<ReadonlyArray<Entry>> | null = null;
  return async () => {
    entries ??= made();
    const directory = mkdtempSync(join(tmpdir(), 'keyturn-test-'));
    for (const { path, mode, content } of await entries) {
      if (content === null) mkdirSync(join(directory, path), { mode });
      else writeFileSync(join(directory, path), content, { mode });
    }
    return directory;
  };
};
