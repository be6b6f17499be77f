import { setMaxListeners } from 'node:events';
import { faultError } from './errors';

/** Timers hold 31 bits: a longer one would fire at once. */
const LONGEST_DRAIN_MS = 2 ** 31 - 1;

/** What is under way in one open Keyturn, so that closing can wait for it. */
export interface Lifecycle {
  /** Aborts when functions that hold a secret have had their time to end by themselves. */
  readonly draining: AbortSignal;
  /** Functions that hold a secret, as of now. */
  readonly uses: () => number;
  /** Does some work, unless closing has begun. @throws KeyturnFault `closed` */
  readonly run: <A>(work: () => Promise<A>) => Promise<A>;
  /** The same for work that holds a secret, and may take as long as its caller wants. */
  readonly use: <A>(work: () => Promise<A>) => Promise<A>;
  /**
   * Nothing new is begun from now on. What holds a secret gets `drainMs`, then `draining` aborts; waits for all of it.
   */
  readonly end: (drainMs: number) => Promise<void>;
}

const closed = () =>
  faultError('closed', 'service', 'Keyturn is closed, so nothing was done. Open it again.');

/** Waits until none is left, those that begin meanwhile included. */
const allSettled = async (underWay: ReadonlySet<Promise<unknown>>): Promise<void> => {
  while (underWay.size > 0) await Promise.allSettled(underWay);
};

const within = async (ms: number, waiting: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([waiting, late]);
  clearTimeout(timer);
};

export const makeLifecycle = (): Lifecycle => {
  const draining = new AbortController();
  // Everything under way listens to it: that many are no leak.
  setMaxListeners(0, draining.signal);
  const works = new Set<Promise<unknown>>();
  const uses = new Set<Promise<unknown>>();
  let ending = false;

  const tracked =
    (underWay: Set<Promise<unknown>>) =>
    async <A>(work: () => Promise<A>): Promise<A> => {
      if (ending) throw closed();
      const doing = work();
      underWay.add(doing);
      try {
        return await doing;
      } finally {
        underWay.delete(doing);
      }
    };

  return {
    draining: draining.signal,
    uses: () => uses.size,
    run: tracked(works),
    use: tracked(uses),
    end: async (drainMs) => {
      ending = true;
      await within(Math.min(drainMs, LONGEST_DRAIN_MS), allSettled(uses));
      draining.abort(closed());
      await allSettled(uses);
      await allSettled(works);
    },
  };
};
