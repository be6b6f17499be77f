import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { Connection } from './connection';
import { isBusy } from './sqliteFaults';

/** A reader that stays longer than this many milliseconds makes a shred or a rotation incomplete, to be run again. */
const CHECKPOINT_WAIT_MS = 1000;

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

const truncateLog = (db: Connection): boolean => {
  const before: unknown = db.pragma('busy_timeout');
  db.pragma(`busy_timeout = ${Math.min(Number(before), CHECKPOINT_WAIT_MS)}`);
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
 * `secure_delete` zeroes a deleted row where it stood, not the copies that were left when pages were split or merged:
 * VACUUM writes the file anew from live rows. The checkpoint then moves that into the file and empties the log; while
 * another process reads an older state it can't (busy), and the bytes are still there.
 */
export const erase = (db: Connection): boolean => {
  try {
    db.exec('VACUUM');
    return truncateLog(db);
  } catch (error) {
    if (isBusy(error)) {
      return false;
    }
    throw error;
  }
};
