import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SOURCE = join(__dirname, '..', '..', '..', '..', 'src', 'trust', 'kills', 'powerLoss', 'powerLoss.c');

/** The library that keeps the shadow of a directory, compiled for this machine. */
export interface ShadowLibrary {
  readonly path: string;
  readonly remove: () => void;
}

/** Null where there is no C compiler, or no Linux: losses of power can't be shown then. */
export const compileShadowLibrary = async (): Promise<ShadowLibrary | null> => {
  if (process.platform !== 'linux') return null;
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-power-loss-'));
  const path = join(directory, 'powerLoss.so');
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  try {
    await promisify(execFile)('cc', ['-shared', '-fPIC', '-O2', '-o', path, SOURCE, '-ldl', '-lpthread']);
    return { path, remove };
  } catch (error) {
    remove();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};
