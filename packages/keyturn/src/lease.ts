import type { RunPin } from './results';

/** Timers hold 31 bits: a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
/** A store or a hook that is away is not asked in a tight loop. */
const SHORTEST_DELAY_MS = 250;

/** Renewing a run's lease, until it is stopped. */
export interface LeaseKeeper {
  readonly stop: () => void;
}

/**
 * Renews a lease when half of it is over, again and again. A renewal that fails for now is tried again in half of what
 * is left. Where the lease is lost, by a refusal or because it has run out meanwhile, `onLost` is told, once.
 */
export const keepLease = (
  pin: Pick<RunPin, 'leaseUntil'>,
  parts: {
    readonly renew: () => Promise<Pick<RunPin, 'leaseUntil'>>;
    readonly clock: () => number;
    readonly isLost: (error: unknown) => boolean;
    readonly onLost: (error: unknown) => void;
  },
): LeaseKeeper => {
  let { leaseUntil } = pin;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const schedule = (): void => {
    const half = (leaseUntil - parts.clock()) / 2;
    const delay = Math.max(SHORTEST_DELAY_MS, Math.min(half, LONGEST_DELAY_MS));
    timer = setTimeout(() => void renew(), delay);
    timer.unref();
  };

  const renew = async (): Promise<void> => {
    try {
      ({ leaseUntil } = await parts.renew());
    } catch (error) {
      if (parts.isLost(error) || parts.clock() >= leaseUntil) {
        if (!stopped) parts.onLost(error);
        stopped = true;
      }
    }
    if (!stopped) schedule();
  };

  schedule();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
