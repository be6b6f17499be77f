import * as E from 'fp-ts/Either';
import type { RunId } from '../ids';
import type { Instant } from '../instant';
import type { Policy } from '../policy';
import { refuse, type Refusal } from '../refusals/refusal';

/** How long a lease is asked for, in seconds; the policy's usual one when nothing is said. */
export const leaseSeconds = (policy: Policy, asked: number | null): E.Either<Refusal, number> => {
  if (asked === null) return E.right(policy.defaultLeaseSeconds);
  return Number.isSafeInteger(asked) && asked >= 1 && asked <= policy.maxLeaseSeconds
    ? E.right(asked)
    : E.left(refuse('lease-out-of-range', { maxSeconds: policy.maxLeaseSeconds }));
};

interface HeldLease {
  readonly runId: RunId;
  readonly startedAt: Instant;
  readonly leaseUntil: Instant;
}

/** When a resumed run's lease ends: never sooner than before, never past what all its leases together may be. */
export const renewedUntil = (
  policy: Policy,
  pin: HeldLease,
  now: Instant,
  seconds: number,
): E.Either<Refusal, Instant> => {
  const last = pin.startedAt + policy.maxTotalLeaseSeconds * 1_000;
  const until = Math.max(pin.leaseUntil, Math.min(now + seconds * 1_000, last));
  return until > now
    ? E.right(until)
    : E.left(
        refuse('lease-exhausted', {
          runId: pin.runId,
          startedAt: pin.startedAt,
          maxTotalSeconds: policy.maxTotalLeaseSeconds,
        }),
      );
};
