import { makeSignalling, type Signalling } from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';

/**
 * Tells readers when there may be something new: at once for appends of this connection, which announces them, and by
 * polling for those of others. The timer runs only while someone waits, and keeps no process alive.
 */
export const makeChanges = (db: SqliteConnection, pollMs: number): Signalling => {
  // Changes when another connection has committed; reading it takes a few microseconds.
  const dataVersion = db.pluck<[], number>('PRAGMA data_version');
  const { mark, since, announce } = makeSignalling();
  let seen = dataVersion.get();
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;

  const poll = (): void => {
    try {
      const version = dataVersion.get();
      if (version === seen) return;
      seen = version;
    } catch {
      // The reader that wakes will meet the same error, and report it.
    }
    announce();
  };

  return {
    announce,
    mark: () => {
      poll();
      return mark();
    },
    since: async (taken, signal) => {
      waiting += 1;
      timer ??= setInterval(poll, pollMs).unref();
      await since(taken, signal);
      waiting -= 1;
      if (waiting > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
};
