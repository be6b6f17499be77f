import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Locks that this process holds: one that names it and is not among them was left by a process of the same id. */
const held = new Set<string>();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const taken = (path: string): boolean => {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    held.add(path);
    return true;
  } catch {
    return false;
  }
};

/** Takes a lock, be it that of a process that died; gives what lets go of it, or null while another has it. */
export const lockFile = (path: string): (() => void) | null => {
  if (!taken(path)) {
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner === process.pid ? held.has(path) : isAlive(owner)) return null;
    rmSync(path, { force: true });
    if (!taken(path)) return null;
  }
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
};
