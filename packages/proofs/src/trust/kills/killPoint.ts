import { appendFileSync } from 'node:fs';
import { watchFileWrites } from './fileWrites';
import { watchPostgresWrites } from './postgresWrites';
import { watchWrites, type BeforeWrite } from './writes';

/**
 * To be loaded before the product (`node -r`), which so needs no hooks for tests. TRUST_KILL_POINT=n: the process kills
 * itself before its n-th write. TRUST_KILL_BEFORE: before the first write whose name has this in it. TRUST_POINTS: a
 * file that gets the name of each write, one a line. TRUST_UNFLUSHED: a file that gets the name of each write that
 * would not be on the disk when the product is told that it is. TRUST_FILES: files below it are watched, too.
 */
let written = 0;

const beforeWrite: BeforeWrite = (name, isFlushed) => {
  const { TRUST_KILL_POINT: killPoint, TRUST_KILL_BEFORE: killBefore, TRUST_POINTS: points } = process.env;
  const { TRUST_UNFLUSHED: unflushed } = process.env;
  written += 1;
  if (unflushed !== undefined && !isFlushed()) appendFileSync(unflushed, `${name}\n`);
  if (points !== undefined) appendFileSync(points, `${name}\n`);
  const named = killBefore !== undefined && name.includes(killBefore);
  if (named || killPoint === String(written)) process.kill(process.pid, 'SIGKILL');
};

watchWrites(beforeWrite);
watchFileWrites(beforeWrite);
if (process.env['TRUST_WATCH_POSTGRES'] !== undefined) watchPostgresWrites(beforeWrite);

/** For a process that runs several commands: its next write is the first. */
export const countAnew = (): void => {
  written = 0;
};
