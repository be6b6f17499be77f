import { appendFileSync } from 'node:fs';
import { watchWrites } from './writes';

/**
 * To be loaded before the product (`node -r`), which so needs no hooks for tests. TRUST_KILL_POINT=n: the process kills
 * itself before its n-th write. TRUST_POINTS: a file that gets the name of each write, one a line.
 */
let written = 0;

watchWrites((name) => {
  const { TRUST_KILL_POINT: killPoint, TRUST_POINTS: points } = process.env;
  written += 1;
  if (points !== undefined) appendFileSync(points, `${name}\n`);
  if (killPoint === String(written)) process.kill(process.pid, 'SIGKILL');
});

/** For a process that runs several commands: its next write is the first. */
export const countAnew = (): void => {
  written = 0;
};
