import type { Changes } from './following';

/** `Changes` that are announced by whoever makes them. */
export interface Signalling extends Changes {
  readonly announce: () => void;
}

/** Counts announcements; wakes all who wait at each. */
export const makeSignalling = (): Signalling => {
  const waiting = new Set<() => void>();
  let count = 0;
  return {
    mark: () => count,
    announce: () => {
      count += 1;
      for (const wake of [...waiting]) wake();
    },
    since: (mark, signal) =>
      new Promise((resolve) => {
        if (count !== mark || signal.aborted) return resolve();
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      }),
  };
};
