import { closeSync, fsyncSync, openSync } from 'node:fs';
import { setImmediate as othersFirst, setTimeout as pause } from 'node:timers/promises';
import type { Connection } from './connection';
import { isBusy } from './sqliteFaults';

/** A reader that stays longer than this many milliseconds makes a shred or a rotation incomplete, to be run again. */
const CHECKPOINT_WAIT_MS = 1000;
/** While SQLite waits by itself, this process waits with it, and whoever wants to write. */
const ONE_WAIT_MS = 25;

/**
 * SQLite cuts the log off without a flush: after a loss of power it could be back, with the old bytes. SQLite holds no
 * locks on the log, which closing another handle of it would drop.
 */
const flushLog = (db: Connection): void => {
  const log = openSync(`${db.file}-wal`, 'r+');
  try {
    fsyncSync(log);
  } finally {
    closeSync(log);
  }
};

const truncateLog = (db: Connection, waitMs: number): boolean => {
  const before: unknown = db.pragma('busy_timeout');
  db.pragma(`busy_timeout = ${waitMs}`);
  try {
    // Whether somebody was in the way.
    const emptied = db.pragma('wal_checkpoint(TRUNCATE)') === 0;
    if (emptied) flushLog(db);
    return emptied;
  } finally {
    db.pragma(`busy_timeout = ${Number(before)}`);
  }
};

/**
 * Moves what the log has into the file. While another process reads an older state it can't, and false is given: the
 * old bytes are still in the log.
 */
export const emptyLog = async (db: Connection): Promise<boolean> => {
  const patienceMs = Math.min(Number(db.pragma('busy_timeout')), CHECKPOINT_WAIT_MS);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    await othersFirst();
    if (truncateLog(db, Math.min(patienceMs, ONE_WAIT_MS))) return true;
    if (performance.now() >= deadline) return false;
    await pause(ONE_WAIT_MS);
  }
};

/**
 * Writes the file anew from live rows, in one go, and empties its log. `secure_delete` zeroes a deleted row where it
 * stood, not the copies that were left when pages were split or merged. False as of {@link emptyLog}.
 */
export const rewrite = async (db: Connection): Promise<boolean> => {
  try {
    db.exec('VACUUM');
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
  return emptyLog(db);
};
