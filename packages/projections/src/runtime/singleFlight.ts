/**
 * Runs a task one at a time. A caller that comes while it runs gets the run after it, shared with everybody else who
 * waits: it begins after the call, so it sees all that was there at the call.
 */
export const singleFlight = (task: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    const run = task().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  };
  return () => {
    if (next !== null) return next;
    if (running === null) return begin();
    const waiting = running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return begin();
      });
    next = waiting;
    return waiting;
  };
};
