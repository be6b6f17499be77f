/** When what was written becomes visible to readers: as long after it as the lag. */
export interface Indexing {
  /** Does this after the lag; at once where there is none. */
  readonly schedule: (index: () => void) => void;
  /** Ends when everything that is scheduled now is done. */
  readonly done: () => Promise<void>;
  /** The lag from now on, in milliseconds; `Infinity` holds everything. What waits is done after the new lag. */
  readonly setLag: (ms: number) => void;
  /** Does at once what is scheduled. */
  readonly flush: () => void;
}

/** The longest that Node's timers wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const makeIndexing = (lag: number): Indexing => {
  let lagMs = lag;
  let waiting: Array<() => void> = [];
  let timers: Array<NodeJS.Timeout> = [];

  const next = (): void => waiting.shift()?.();
  const clear = (): void => {
    timers.forEach(clearTimeout);
    timers = [];
  };
  const flush = (): void => {
    clear();
    const due = waiting;
    waiting = [];
    for (const index of due) index();
  };
  const begin = (): void => {
    if (lagMs > LONGEST_TIMER_MS) return;
    const timer = setTimeout(() => {
      timers.splice(timers.indexOf(timer), 1);
      next();
    }, lagMs);
    timers.push(timer);
  };
  return {
    schedule: (index) => {
      if (lagMs === 0 && waiting.length === 0) {
        index();
        return;
      }
      waiting.push(index);
      begin();
    },
    done: () =>
      waiting.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            const last = waiting.length - 1;
            const index = waiting[last];
            waiting[last] = () => {
              index?.();
              resolve();
            };
          }),
    setLag: (ms) => {
      lagMs = ms;
      clear();
      if (ms === 0) flush();
      else waiting.forEach(begin);
    },
    flush,
  };
};
