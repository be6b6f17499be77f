import type { Keyring, Lapse, Pin, RunId } from '@keyturn/domain';
import type { OverdueLease } from './sightings';

/** How far apart two looks have to be that find a lease overdue, by the service's monotonic clock. */
const BETWEEN_LOOKS_MS = 5 * 60_000;

/** How a sweep was asked to treat leases. */
export interface LapseRule {
  readonly graceMs: number;
  /** A person says to end what is overdue. */
  readonly told: boolean;
}

/** The runs of a workspace whose lease is over by the clock. */
export interface OverdueRuns {
  /** They are to be ended now. */
  readonly lapsed: ReadonlyArray<RunId>;
  /** They are to be looked at again. */
  readonly waiting: ReadonlyArray<RunId>;
  readonly lapse: Lapse;
}

/** The pins whose lease is over by a clock. */
export const overduePins = ({ openPins }: Keyring, now: number): ReadonlyArray<Pin> =>
  [...openPins.values()].filter(({ leaseUntil }) => leaseUntil <= now);

const divided = (pins: ReadonlyArray<Pin>, lapse: Lapse, isLapsed: (pin: Pin) => boolean): OverdueRuns => ({
  lapsed: pins.filter(isLapsed).map(({ runId }) => runId),
  waiting: pins.filter((pin) => !isLapsed(pin)).map(({ runId }) => runId),
  lapse,
});

/**
 * One look at one clock ends no run. A lease lapses when this process has seen it overdue twice, five minutes of its
 * monotonic clock apart, or on a person's word. On a retired key, which may go with it, it lapses one grace later.
 */
export const overdueRuns = (
  keyring: Keyring,
  pins: ReadonlyArray<Pin>,
  { graceMs, told }: LapseRule,
  seenFor: (lease: OverdueLease) => number | null,
  now: number,
): OverdueRuns => {
  const isRetired = ({ keyId }: Pin): boolean => keyring.keys.get(keyId)?.status === 'retired';
  if (told) {
    return divided(
      pins,
      { kind: 'told', graceMs },
      (pin) => !isRetired(pin) || pin.leaseUntil + graceMs <= now,
    );
  }
  const seen = pins.flatMap((pin) => {
    const ms = seenFor(pin);
    return ms === null || ms < BETWEEN_LOOKS_MS
      ? []
      : [{ pin, graceIsOver: ms >= BETWEEN_LOOKS_MS + graceMs }];
  });
  const lapsed = new Set(
    seen.filter(({ pin, graceIsOver }) => graceIsOver || !isRetired(pin)).map(({ pin }) => pin),
  );
  const leases = seen.map(({ pin: { runId, leaseUntil }, graceIsOver }) => ({
    runId,
    leaseUntil,
    graceIsOver,
  }));
  return divided(pins, { kind: 'observed', leases }, (pin) => lapsed.has(pin));
};
