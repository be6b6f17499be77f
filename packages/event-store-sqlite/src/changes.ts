import type Database from 'better-sqlite3';

/** Tells a reader when there may be something new: at once for this process's appends, by polling for others'. */
export interface Changes {
  /** To be taken before reading: `next` then resolves for anything committed after it. */
  readonly mark: () => number;
  readonly next: (mark: number, signal: AbortSignal) => Promise<void>;
  readonly announce: () => void;
}

/** `PRAGMA data_version` changes when another connection has committed; it costs a few microseconds. */
export const makeChanges = (db: Database.Database, pollMs: number): Changes => {
  const dataVersion = (): number => Number(db.pragma('data_version', { simple: true }));
  const readers = new Set<() => void>();
  let count = 0;
  let seen = dataVersion();

  const announce = (): void => {
    count += 1;
    for (const wake of [...readers]) wake();
  };

  const poll = (): void => {
    if (!db.open) return announce();
    const version = dataVersion();
    if (version === seen) return;
    seen = version;
    announce();
  };

  return {
    mark: () => {
      poll();
      return count;
    },
    announce,
    next: (mark, signal) =>
      new Promise((resolve) => {
        if (count !== mark || signal.aborted) return resolve();
        const timer = setInterval(poll, pollMs);
        const wake = (): void => {
          clearInterval(timer);
          readers.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        readers.add(wake);
        signal.addEventListener('abort', wake);
      }),
  };
};
