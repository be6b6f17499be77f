import { randomUUID } from 'node:crypto';
import type {
  Failure,
  Keyturn as Service,
  RunPin as ServicePin,
  ServiceLog,
  UseSecret,
} from '@keyturn/service';
import * as E from 'fp-ts/Either';
import { callContext, type ActContext, type ActOptions } from './context';
import { faultError, isKeyturnError, type KeyturnError } from './errors';
import { keepLease } from './lease';
import type { Lifecycle } from './lifecycle';
import type { OwnWrites } from './ownWrites';
import { plain, type RunPin, type RunsReleased } from './results';
import { runSecretOf, type RunSecret } from './runSecret';
import type { StartRunInput } from './runInputs';
import { guarded, keyturnError, settled } from './settle';

/** How long a function may take to end once its signal has aborted; then its secret is wiped all the same. */
const ABORTED_MS = 1_000;

export interface UseRunInput extends StartRunInput {
  /**
   * `new`: refuse (`run-already-open`) a run that is open already, so that no work is done twice. `open`: take over a run that
   * is open, with the key that it has. `either` when left out.
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
   * hard-deleted, or the lease can't be renewed), which is looked at each time that half of the lease is over. `reason` says
   * which.
   */
  readonly signal: AbortSignal;
  /** How the run is to be recorded when the function returns; `succeeded` when this is not called. */
  readonly finishAs: (outcome: RunEnding) => void;
}

export type RunEnding = 'succeeded' | 'failed' | 'cancelled';

export interface UseRunOptions extends Omit<ActOptions, 'dryRun'> {
  /** Told when the run is finished, and how. */
  readonly onFinished?: (finished: RunsReleased, outcome: RunEnding) => void;
}

/** Starts a run, hands its key to a function, and finishes the run, whatever the function does. */
export type UseRun = <A>(
  ctx: ActContext,
  input: UseRunInput,
  work: (run: RunInUse) => Promise<A> | A,
  options?: UseRunOptions,
) => Promise<A>;

/** What the function itself threw: passed on as it is. */
interface Thrown {
  readonly thrown: unknown;
}

const isThrown = (left: Failure | Thrown): left is Thrown => 'thrown' in left;

/** The run can't be held any longer; anything else may pass. */
const isLost = (error: unknown): boolean => isKeyturnError(error) && error.kind === 'refusal';

/** Why a function was not waited for any longer. */
const endedBy = ({ reason }: AbortSignal): KeyturnError =>
  isKeyturnError(reason)
    ? reason
    : faultError(
        'cancelled',
        'service',
        'The run was cancelled, and its function did not end. Its secret is wiped.',
        reason,
      );

/** Rejects some time after the signal has aborted, for a function that does not end by it. */
const abandonedAfter = (
  signal: AbortSignal,
): { readonly abandoned: Promise<never>; readonly dispose: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: () => void = () => undefined;
  const abandoned = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => {
        reject(endedBy(signal));
      }, ABORTED_MS);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  return {
    abandoned,
    dispose: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
};

export const makeUseRun = (parts: {
  readonly service: Service;
  readonly lifecycle: Lifecycle;
  readonly ownWrites: OwnWrites;
  readonly log: ServiceLog;
  readonly clock: () => number;
}): UseRun => {
  const { service, lifecycle, ownWrites, log, clock } = parts;

  const finish = async (
    ctx: ActContext,
    runId: string,
    outcome: RunEnding,
    onFinished: UseRunOptions['onFinished'],
  ): Promise<void> => {
    try {
      const finished = await settled(service.finishRun(callContext(ctx), { runId, outcome }));
      ownWrites.note(finished.position);
      onFinished?.(plain(finished), outcome);
    } catch (error) {
      // What the function made is worth more than its book-keeping: housekeeping ends the run when its lease is over.
      log.warn({ workspaceId: ctx.workspaceId, runId, code: keyturnError(error).code }, 'run not finished');
    }
  };

  const used = async <A>(
    ctx: ActContext,
    { run = 'either', ...request }: UseRunInput,
    work: (run: RunInUse) => Promise<A> | A,
    options: UseRunOptions,
  ): Promise<E.Either<Thrown, A>> => {
    const { runId, leaseSeconds } = request;
    const lost = new AbortController();
    const given = options.signal === undefined ? [] : [options.signal];
    const signal = AbortSignal.any([lifecycle.draining, lost.signal, ...given]);
    const course: { pinned: boolean; ending: RunEnding } = { pinned: false, ending: 'succeeded' };

    const renew = async (): Promise<ServicePin> => {
      const lease = leaseSeconds === undefined ? {} : { leaseSeconds };
      const renewed = await settled(service.resumeRun(callContext(ctx), { runId, ...lease }));
      ownWrites.note(renewed.position);
      return renewed;
    };

    const handOver: UseSecret<Thrown, A> = (secret, servicePin) => async () => {
      course.pinned = true;
      ownWrites.note(servicePin.position);
      const pin = plain(servicePin);
      const lease = keepLease(pin, {
        renew,
        clock,
        isLost,
        onLost: (error) => {
          lost.abort(keyturnError(error));
        },
      });
      const { abandoned, dispose } = abandonedAfter(signal);
      const finishAs = (outcome: RunEnding): void => {
        course.ending = outcome;
      };
      try {
        const working = (async () =>
          work({ secret: runSecretOf(secret, pin.vendor), pin, signal, finishAs }))();
        return E.right(await Promise.race([working, abandoned]));
      } catch (thrown) {
        course.ending = 'failed';
        return E.left({ thrown });
      } finally {
        lease.stop();
        dispose();
      }
    };

    const context = callContext(ctx, options);
    const result = await (
      run === 'open'
        ? service.resumeRunWithSecret<Thrown, A>(context, request, handOver)
        : service.startRunWithSecret<Thrown, A>(context, { ...request, onlyNew: run === 'new' }, handOver)
    )();
    // Where the function got nothing, only a run that can have been begun by nobody else is ours to end.
    const begunInVain = run === 'new' && E.isLeft(result) && result.left instanceof Error;
    if (course.pinned)
      await finish(ctx, runId, signal.aborted ? 'cancelled' : course.ending, options.onFinished);
    else if (begunInVain) await finish(ctx, runId, 'failed', options.onFinished);
    if (E.isRight(result)) return result;
    if (isThrown(result.left)) return E.left(result.left);
    throw keyturnError(result.left);
  };

  return async (ctx, input, work, options = {}) => {
    const tied = { ...ctx, correlationId: ctx.correlationId ?? randomUUID() };
    const result = await guarded(() => lifecycle.use(() => used(tied, input, work, options)));
    if (E.isLeft(result)) throw result.left.thrown;
    return result.right;
  };
};
