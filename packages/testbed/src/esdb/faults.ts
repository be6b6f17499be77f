/** What becomes of one write. */
type WriteFault =
  /** The connection is cut, and nothing was written. */
  | 'drop-before-commit'
  /** It was written, and the connection is cut before the answer. */
  | 'drop-after-commit'
  /** It was written, and the answer is that it took too long. */
  | 'time-out'
  /** It is turned away, and nothing was written. */
  | 'busy';

interface Planned {
  readonly fault: WriteFault;
  skip: number;
  times: number;
}

/** The faults that one node has been told to have, and is asked about by its services. */
export interface FaultPlan {
  readonly planWrites: (fault: WriteFault, times: number, after: number) => void;
  /** The fault that is due for the write that is about to be done. */
  readonly nextWrite: () => WriteFault | null;
  readonly planRead: (events: number) => void;
  /** How many events the read that begins now may send before its connection is cut. */
  readonly nextRead: () => number;
  readonly setDelay: (ms: number) => void;
  /** Ends after the delay that is set now. */
  readonly pause: () => Promise<void>;
}

export const makeFaultPlan = (): FaultPlan => {
  const writes: Planned[] = [];
  const reads: number[] = [];
  let delayMs = 0;
  return {
    planWrites: (fault, times, after) => {
      if (times > 0) writes.push({ fault, times, skip: after });
    },
    nextWrite: () => {
      for (const planned of [...writes]) {
        if (planned.skip > 0) {
          planned.skip -= 1;
          continue;
        }
        planned.times -= 1;
        if (planned.times === 0) writes.splice(writes.indexOf(planned), 1);
        return planned.fault;
      }
      return null;
    },
    planRead: (events) => {
      reads.push(events);
    },
    nextRead: () => reads.shift() ?? Infinity,
    setDelay: (ms) => {
      delayMs = ms;
    },
    pause: () => (delayMs === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, delayMs))),
  };
};
