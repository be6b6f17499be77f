import * as E from 'fp-ts/Either';
import type { KeyringEvent } from '../events';
import type { KeyId } from '../ids';
import type { Instant } from '../instant';
import type { Lapse } from '../lapse';
import { refuse } from '../refusals/refusal';
import type { ReleaseOutcome } from '../run';
import type { Keyring } from '../state/keyring';
import type { Pin } from '../state/pin';
import type { Handler } from './handler';

/** Ends pins one after the other; a retired key is hard-deleted right behind the last of its own. */
const releases = (
  keyring: Keyring,
  pins: ReadonlyArray<Pin>,
  outcome: ReleaseOutcome,
  vendorRequests?: number,
): ReadonlyArray<KeyringEvent> => {
  const left = new Map<KeyId, number>();
  return pins.flatMap(({ runId, keyId }): ReadonlyArray<KeyringEvent> => {
    const key = keyring.keys.get(keyId);
    const openRuns = (left.get(keyId) ?? key?.openRuns ?? 1) - 1;
    left.set(keyId, openRuns);
    const released: KeyringEvent = {
      type: 'RunKeyReleased',
      data: { runId, keyId, outcome, ...(vendorRequests === undefined ? {} : { vendorRequests }) },
    };
    if (key?.status !== 'retired' || openRuns > 0) return [released];
    return [
      released,
      {
        type: 'KeyHardDeleted',
        data: { keyId, cause: 'drained', reason: null, caseId: null, interruptedRuns: [] },
      },
    ];
  });
};

/** Ends a run's hold on its key. A run that is not open, ended or never started, needs nothing. */
export const finishRun: Handler<'FinishRun'> = ({ keyring }, { runId, outcome, vendorRequests }) => {
  const pin = keyring.openPins.get(runId);
  return E.right(pin === undefined ? [] : releases(keyring, [pin], outcome, vendorRequests));
};

const byLease = (a: Pin, b: Pin): number => a.leaseUntil - b.leaseUntil || (a.runId < b.runId ? -1 : 1);

/** Which of the pins past their lease may lapse. A retired key may go with its pin, so that one waits for longer. */
const lapsing = (keyring: Keyring, lapse: Lapse, now: Instant): ((pin: Pin) => boolean) => {
  const isRetired = ({ keyId }: Pin): boolean => keyring.keys.get(keyId)?.status === 'retired';
  if (lapse.kind === 'told') {
    return (pin) => !isRetired(pin) || pin.leaseUntil + lapse.graceMs <= now;
  }
  const seen = new Map(lapse.leases.map((lease) => [lease.runId, lease]));
  return (pin) => {
    const lease = seen.get(pin.runId);
    if (lease?.leaseUntil !== pin.leaseUntil) return false;
    return lease.graceIsOver || !isRetired(pin);
  };
};

/**
 * Ends runs past their lease, the longest lapsed first, a chunk at a time: issue it again (under another id) while it
 * emits anything. A clock that departs from the event store's would end runs that are alive. So would a clock that is
 * wrong for a moment: it ends those alone that were seen overdue before, or that a person says to end.
 */
export const expireRuns: Handler<'ExpireRuns'> = ({ keyring, policy }, { now, storeTime, lapse }) => {
  const toleranceMs = policy.clockToleranceMs;
  if (Math.abs(now - storeTime) > toleranceMs) {
    return E.left(refuse('clock-departs', { now, storeTime, toleranceMs }));
  }
  const mayLapse = lapsing(keyring, lapse, now);
  const lapsed: Pin[] = [];
  for (const pin of keyring.openPins.values()) if (pin.leaseUntil <= now && mayLapse(pin)) lapsed.push(pin);
  const chunk = lapsed.sort(byLease).slice(0, policy.maxExpiriesPerCommand);
  return E.right(releases(keyring, chunk, 'lease-expired'));
};
