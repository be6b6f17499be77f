import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RefusalCode } from '@keyturn/domain';
import type {
  Failure,
  Keyturn as Service,
  RunPin as ServicePin,
  ServiceLog,
  UseSecret,
} from '@keyturn/service';
import type { KnownVendors } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import { abandonedAfter, runCancelled } from './abandonedRun';
import { joinSignals } from './abortSignals';
import { foreseen, type ActParts, type Foreseen } from './act';
import { ACT_OPTIONS, callContext, readOnce, type ActContext, type ActOptions } from './context';
import { isKeyturnError } from './errors';
import { keepLease } from './lease';
import { ANY } from './members';
import { plain, type RunPin, type RunsReleased } from './results';
import type { StartRunInput } from './runInputs';
import { runSecretOf, type RunSecret } from './runSecret';
import { guarded, keyturnError, settled } from './settle';

/** Pauses before a run is tried to be finished again. */
const FINISH_AGAIN_MS: ReadonlyArray<number> = [100, 400, 1_600];

export interface UseRunInput extends StartRunInput {
  /**
   * `new`: refuse (`run-already-open`) a run that is open already, so that no work is done twice. `open`: take over a
   * run that is open, with the key that it has. `either` when left out.
   */
  readonly run?: 'new' | 'open' | 'either';
}

/** What a function of `runs.use` is handed. */
export interface RunInUse {
  /** Wiped when the function's promise has settled. */
  readonly secret: RunSecret;
  readonly pin: RunPin;
  /**
   * Aborts when Keyturn closes, when `options.signal` does, and when the run turns out to have lost its key (it was
   * hard-deleted, or its lease is over and was not renewed). That is looked at each time that half of the lease is
   * over. `reason` says which.
   */
  readonly signal: AbortSignal;
  /**
   * How the run is to be recorded when the function returns. Where it was not called: `succeeded`, or `cancelled` after
   * the signal has aborted.
   */
  readonly finishAs: (outcome: RunEnding) => void;
}

export type RunEnding = 'succeeded' | 'failed' | 'cancelled';

export interface UseRunOptions extends Omit<ActOptions, 'dryRun'> {
  /**
   * Called when the run is finished, and how. Not called where it could not be: housekeeping then ends the run when its
   * lease is over. What it throws, `use` throws.
   */
  readonly onFinished?: (finished: RunsReleased, outcome: RunEnding) => void;
}

/**
 * Starts a run, hands its key to a function, and finishes the run, whatever the function does. With `dryRun` it says
 * what the start would record.
 */
export interface UseRun {
  (
    ctx: ActContext,
    input: UseRunInput,
    work: (run: RunInUse) => unknown,
    options: UseRunOptions & { readonly dryRun: true },
  ): Promise<Foreseen>;
  <A>(
    ctx: ActContext,
    input: UseRunInput,
    work: (run: RunInUse) => Promise<A> | A,
    options?: UseRunOptions & { readonly dryRun?: false },
  ): Promise<A>;
}

/** What the function itself threw: passed on as it is. */
interface Thrown {
  readonly thrown: unknown;
}

/** What has come of a use so far. */
interface Course {
  /** This call has pinned the run, which was not open before. */
  pinned: boolean;
  /** The function has the secret, or had it. */
  handedOver: boolean;
  threw: boolean;
  chosen: RunEnding | null;
}

const isThrown = (left: Failure | Thrown): left is Thrown => 'thrown' in left;

/** The run can't be held any longer. Anything else, a hook's no included, may pass before the lease is over. */
const LOST: ReadonlyArray<RefusalCode> = [
  'run-interrupted',
  'run-not-open',
  'run-already-ended',
  'lease-exhausted',
  'lease-out-of-range',
];

const isLost = (error: unknown): boolean =>
  isKeyturnError(error) && error.kind === 'refusal' && LOST.includes(error.code);

export const makeUseRun = (
  parts: ActParts & {
    readonly service: Service;
    readonly log: ServiceLog;
    readonly vendors: Pick<KnownVendors, 'authHeaders'>;
    readonly clock: () => number;
  },
): UseRun => {
  const { service, vendors, lifecycle, ownWrites, log, clock } = parts;

  /** What is broken for a moment is tried again: a run that stays open holds up the deletion of its key. */
  const finished = async (
    ctx: ActContext,
    runId: string,
    outcome: RunEnding,
  ): Promise<RunsReleased | null> => {
    for (const pause of [...FINISH_AGAIN_MS, null]) {
      try {
        const released = await settled(service.finishRun(callContext(ctx), { runId, outcome }));
        ownWrites.note(released.position);
        return plain(released);
      } catch (error) {
        const { code, retryable } = keyturnError(error);
        if (retryable && pause !== null) {
          await delay(pause);
          continue;
        }
        // What the function made is worth more than its book-keeping.
        const { actor, workspaceId } = ctx;
        log.warn({ actor, workspaceId, runId, code }, 'run not finished');
        return null;
      }
    }
    return null;
  };

  const used = async <A>(
    ctx: ActContext,
    { run = 'either', ...request }: UseRunInput,
    work: (run: RunInUse) => Promise<A> | A,
    options: UseRunOptions,
  ): Promise<E.Either<Thrown, A>> => {
    const { runId, leaseSeconds } = request;
    const { signal, abort, dispose } = joinSignals(lifecycle.draining, options.signal);
    const course: Course = { pinned: false, handedOver: false, threw: false, chosen: null };

    const renew = async (): Promise<ServicePin> => {
      const lease = leaseSeconds === undefined ? {} : { leaseSeconds };
      const renewed = await settled(service.resumeRun(callContext(ctx), { runId, ...lease }));
      ownWrites.note(renewed.position);
      return renewed;
    };

    const handOver: UseSecret<Thrown, A> = (secret, servicePin) => async () => {
      ownWrites.note(servicePin.position);
      if (signal.aborted) return E.left({ thrown: runCancelled(signal.reason) });
      course.handedOver = true;
      const pin = plain(servicePin);
      const lease = keepLease(pin, {
        renew,
        clock,
        isLost,
        onLost: (error) => {
          abort(keyturnError(error));
        },
      });
      const { abandoned, dispose: forget } = abandonedAfter(signal);
      const finishAs = (outcome: RunEnding): void => {
        course.chosen = outcome;
      };
      try {
        const working = (async () =>
          work({ secret: runSecretOf(secret, pin.vendor, vendors), pin, signal, finishAs }))();
        return E.right(await Promise.race([working, abandoned]));
      } catch (thrown) {
        course.threw = true;
        return E.left({ thrown });
      } finally {
        lease.stop();
        forget();
      }
    };

    const outcome = (): RunEnding => {
      if (course.handedOver && !course.threw && course.chosen !== null) return course.chosen;
      if (signal.aborted) return 'cancelled';
      return course.handedOver && !course.threw ? 'succeeded' : 'failed';
    };

    try {
      const context = callContext(ctx, { ...options, signal });
      const onPinned = (): void => {
        course.pinned = true;
      };
      const result = await (
        run === 'open'
          ? service.resumeRunWithSecret<Thrown, A>(context, request, handOver)
          : service.startRunWithSecret<Thrown, A>(context, { ...request, onlyNew: run === 'new' }, handOver, {
              onPinned,
            })
      )();
      if (E.isLeft(result)) ownWrites.doubt();
      // A run that somebody else has open is not ours to end.
      if (course.handedOver || course.pinned) {
        const ending = outcome();
        const released = await finished(ctx, runId, ending);
        if (released !== null) options.onFinished?.(released, ending);
      }
      if (E.isRight(result)) return result;
      if (isThrown(result.left)) return E.left(result.left);
      throw await parts.explained(keyturnError(result.left));
    } finally {
      dispose();
    }
  };

  const foresee = (
    ctx: ActContext,
    { run, ...request }: UseRunInput,
    options: UseRunOptions,
  ): Promise<Foreseen> =>
    foreseen(
      run === 'open'
        ? service.foresee.resumeRunWithSecret(callContext(ctx, options), request)
        : service.foresee.startRunWithSecret(callContext(ctx, options), {
            ...request,
            onlyNew: run === 'new',
          }),
    );

  function use(
    ctx: ActContext,
    input: UseRunInput,
    work: (run: RunInUse) => unknown,
    options: UseRunOptions & { readonly dryRun: true },
  ): Promise<Foreseen>;
  function use<A>(
    ctx: ActContext,
    input: UseRunInput,
    work: (run: RunInUse) => Promise<A> | A,
    options?: UseRunOptions & { readonly dryRun?: false },
  ): Promise<A>;
  async function use<A>(
    ctx: ActContext,
    input: UseRunInput,
    work: (run: RunInUse) => Promise<A> | A,
    options: UseRunOptions & { readonly dryRun?: boolean } = {},
  ): Promise<A | Foreseen> {
    const { dryRun = false, ...rest } = readOnce('options', options, { ...ACT_OPTIONS, onFinished: ANY });
    if (dryRun) return guarded(() => lifecycle.run(() => foresee(ctx, input, rest)));
    const tied = { ...ctx, correlationId: ctx.correlationId ?? randomUUID() };
    const result = await guarded(() => {
      parts.refuseWrites();
      return lifecycle.use(() => used(tied, input, work, rest));
    });
    if (E.isLeft(result)) throw result.left.thrown;
    return result.right;
  }
  return use;
};
