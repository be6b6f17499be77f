import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Locks that this process holds: one that names it and is not among them was left by a process of the same id. */
const held = new Set<string>();

const isAlive = (pid: number): boolean => {
  // To a signal, 0 is the sender's own group. No process has such an id: the lock is damaged.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const besides = (path: string): string => `${path}.${process.pid}`;

/** Linked with its content: nobody sees a lock that is held, and names no owner yet. */
const taken = (path: string): boolean => {
  const own = besides(path);
  try {
    writeFileSync(own, String(process.pid), { mode: 0o600 });
    linkSync(own, path);
    held.add(path);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};

/** Moves a dead owner's lock away. Of several only one gets it; the new lock of another goes back to its place. */
const movedAway = (path: string, left: string): boolean => {
  const aside = besides(path);
  try {
    renameSync(path, aside);
    const isTheDead = readFileSync(aside, 'utf8') === left;
    if (!isTheDead) linkSync(aside, path);
    return isTheDead;
  } catch {
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
};

/** Takes a lock, be it that of a process that died; gives what lets go of it, or null while another has it. */
export const lockFile = (path: string): (() => void) | null => {
  if (!taken(path)) {
    const left = readFileSync(path, 'utf8');
    const owner = Number(left);
    if (owner === process.pid ? held.has(path) : isAlive(owner)) return null;
    if (!movedAway(path, left) || !taken(path)) return null;
  }
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
};
