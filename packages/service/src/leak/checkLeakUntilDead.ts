import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { setTimeout as delay } from 'node:timers/promises';
import { withContext } from '../commanding';
import type { CallContext } from '../context';
import type { Failure } from '../failure';
import type { LeakCheck } from './killCheck';
import type { OfLeakCase } from './leakRequests';

/** What asking a vendor again and again came to. */
export interface LeakWatch {
  /** `not-checkable`: nobody has the bytes, so that nothing more can be asked. `stopped`: by its caller. */
  readonly ended: 'dead' | 'not-checkable' | 'time-over' | 'stopped';
  readonly checks: number;
  readonly last: LeakCheck;
}

export interface LeakWatchOptions {
  /** How long, in milliseconds: the last check is made at the end of it. */
  readonly forMs: number;
  /** Told of each check as it is made, and when the next one will be; null where there is none. */
  readonly onChecked?: (check: LeakCheck, nextInMs: number | null) => void;
}

type CheckLeak = (
  context: CallContext,
  request: OfLeakCase,
  secret: Secret | null,
) => TaskEither<Failure, LeakCheck>;

interface WatchParts {
  readonly checkLeak: CheckLeak;
  readonly clock: () => number;
  /** Waits for so long, or until the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

const MINUTE = 60_000;
/** A timer may fire a little early, and three answers have to lie five whole minutes apart. */
const SLACK = 1_000;

/** From one check to the next: revocation is not instant, and three answers in a row over five minutes show it. */
const WAITS = [MINUTE, 4 * MINUTE + SLACK];
const THEN_EVERY = 5 * MINUTE;

/** Waits in this process. */
export const waitFor: WatchParts['wait'] = (ms, signal) =>
  delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);

const endOf = ({ dead, says }: LeakCheck): 'dead' | 'not-checkable' | null => {
  if (dead) return 'dead';
  return says === 'not-checkable' ? says : null;
};

/**
 * Checks a key until its vendor has shown it dead, or for so long: after a minute, after five, and every five minutes
 * then. Each check is recorded as it is made. A check that fails ends it. One that the caller's signal ends is not
 * recorded.
 */
export const makeCheckLeakUntilDead =
  ({ checkLeak, clock, wait }: WatchParts) =>
  (
    given: CallContext,
    request: OfLeakCase,
    secret: Secret | null,
    { forMs, onChecked }: LeakWatchOptions,
  ): TaskEither<Failure, LeakWatch> =>
    withContext(given, (context) => async (): Promise<E.Either<Failure, LeakWatch>> => {
      const until = clock() + forMs;
      let before: LeakCheck | null = null;
      for (let checks = 1; ; checks += 1) {
        const checked = await checkLeak(context, request, secret)();
        if (E.isLeft(checked)) {
          const isStopped = context.signal?.aborted === true && checked.left.code === 'cancelled';
          return isStopped && before !== null
            ? E.right({ ended: 'stopped', checks: checks - 1, last: before })
            : checked;
        }
        const last = checked.right;
        before = last;
        const ended = endOf(last);
        const left = until - clock();
        const next = ended === null && left > 0 ? Math.min(WAITS[checks - 1] ?? THEN_EVERY, left) : null;
        onChecked?.(last, next);
        if (ended !== null) return E.right({ ended, checks, last });
        if (next === null) return E.right({ ended: 'time-over', checks, last });
        await wait(next, context.signal);
        if (context.signal?.aborted === true) return E.right({ ended: 'stopped', checks, last });
      }
    });
