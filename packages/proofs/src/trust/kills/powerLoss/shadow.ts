import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Random } from '../random';
import type { ShadowLibrary } from './library';

/** A disk keeps or loses these as a whole. */
const SECTOR_BYTES = 512;

/** Of what was written since the last flush. */
export type Kept = 'nothing' | 'some';

/** What a directory would be after a power loss, kept beside it while processes write. */
export interface Shadow {
  /** For every process that writes to the directory. */
  readonly env: Readonly<Record<string, string>>;
  /** Puts the directory into the state that a power loss at this moment leaves. No process works on it any more. */
  readonly lose: (kept: Kept) => void;
}

const isMemory = (path: string): boolean => path.endsWith('-shm');

const filesBelow = (directory: string): ReadonlyArray<string> =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
        .filter((path) => !isMemory(path))
    : [];

/** Sectors of both, at random; the length of the one or of the other. What was never written reads as zeros. */
const mixed = (flushed: Buffer, written: Buffer, random: Random): Buffer => {
  const mix = Buffer.alloc(random.pick([flushed, written]).length);
  for (let at = 0; at < mix.length; at += SECTOR_BYTES) {
    const source = random.pick([flushed, written]);
    if (at < source.length) source.copy(mix, at, at, at + SECTOR_BYTES);
  }
  return mix;
};

const contentOf = (path: string): Buffer | null => (existsSync(path) ? readFileSync(path) : null);

/** Begins a shadow of a directory whose files are all flushed. */
export const startShadow = (
  directory: string,
  shadow: string,
  library: ShadowLibrary,
  random: Random,
): Shadow => {
  const [tree, replaced] = [join(shadow, 'tree'), join(shadow, 'replaced')];
  rmSync(shadow, { recursive: true, force: true });
  mkdirSync(shadow, { recursive: true });
  cpSync(directory, tree, { recursive: true, filter: (path) => !isMemory(path) });

  /** What is left of a file, null for none. */
  const left = (path: string, kept: Kept): Buffer | null => {
    const [flushed, written] = [contentOf(join(tree, path)), contentOf(join(directory, path))];
    if (kept === 'nothing') return flushed;
    const other = flushed === null || written === null || existsSync(join(replaced, path));
    if (!other) return mixed(flushed, written, random);
    // The name leads to the one or to the other, or, where it was never flushed, to nothing.
    if (random.chance(0.5)) return flushed;
    return written === null ? null : mixed(Buffer.alloc(0), written, random);
  };

  return {
    env: { LD_PRELOAD: library.path, TRUST_ROOT: directory, TRUST_SHADOW: shadow },
    lose: (kept) => {
      const paths = new Set([...filesBelow(tree), ...filesBelow(directory)]);
      const contents = [...paths].map((path) => [path, left(path, kept)] as const);
      for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) rmSync(join(entry.parentPath, entry.name));
      }
      for (const [path, content] of contents) {
        if (content === null) continue;
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), content, { mode: 0o600 });
      }
    },
  };
};
