const SIGNALS: ReadonlyArray<NodeJS.Signals> = ['SIGINT', 'SIGTERM'];

/** Resolves when the process is asked to end, or when the time is over. */
export const untilStopped = (forMs: number | null): Promise<void> =>
  new Promise((stopped) => {
    const timer = forMs === null ? null : setTimeout(() => stop(), forMs);
    const stop = (): void => {
      if (timer !== null) clearTimeout(timer);
      for (const signal of SIGNALS) process.removeListener(signal, stop);
      stopped();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
