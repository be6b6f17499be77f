import type { CallContext, Failure, Keyturn as Service, LeakCheck } from '@keyturn/service';
import type { Secret } from '@keyturn/vault';
import type { ActParts } from './act';
import { joinSignals } from './abortSignals';
import { callContext, type ActContext } from './context';
import { pastedSecret } from './finding/pastedSecret';
import { plain, type LeakChecked, type LeakWatched } from './results';
import { guarded, settled } from './settle';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { OfLeakCase } from './supportInputs';

export interface CheckLeakInput extends OfLeakCase {
  /** The key itself, where its secret is destroyed here. */
  readonly pasted?: string | Uint8Array;
}

export type CheckLeak = (
  ctx: ActContext,
  input: CheckLeakInput,
  options?: { readonly signal?: AbortSignal },
) => Promise<LeakChecked>;

export interface CheckUntilDeadOptions {
  /** Milliseconds, a week at most; the last check is made at the end. */
  readonly forMs: number;
  /** Ends the waiting: `stopped`. */
  readonly signal?: AbortSignal;
  /** Told of each check as it is made, and in how many milliseconds the next one is; null where there is none. */
  readonly onChecked?: (check: LeakChecked, nextInMs: number | null) => void;
}

export type CheckLeakUntilDead = (
  ctx: ActContext,
  input: CheckLeakInput,
  options: CheckUntilDeadOptions,
) => Promise<LeakWatched>;

const LONGEST_MS = 7 * 86_400_000;

export const makeLeakChecks = (
  service: Pick<Service, 'checkLeak' | 'checkLeakUntilDead'>,
  { lifecycle, ownWrites, refuseWrites, explained }: ActParts,
): { readonly check: CheckLeak; readonly checkUntilDead: CheckLeakUntilDead } => {
  const noted = (check: LeakCheck): LeakChecked => {
    if (check.position === null) ownWrites.doubt();
    else ownWrites.note(check.position);
    return plain(check);
  };

  /** The key itself is wiped, whatever comes of it. */
  const withPasted = <Result>(
    { pasted, ...request }: CheckLeakInput,
    useCase: (request: OfLeakCase, secret: Secret | null) => TaskEither<Failure, Result>,
  ): Promise<Result> =>
    guarded(() =>
      lifecycle.run(async () => {
        refuseWrites();
        const secret = pasted === undefined ? null : pastedSecret(pasted);
        try {
          return await settled(useCase(request, secret));
        } catch (error) {
          ownWrites.doubt();
          throw await explained(error);
        } finally {
          secret?.wipe();
        }
      }),
    );

  const contextFor = (ctx: ActContext, signal: AbortSignal | undefined): CallContext =>
    callContext(ctx, signal === undefined ? {} : { signal });

  return {
    check: async (ctx, input, { signal } = {}) =>
      noted(
        await withPasted(input, (request, secret) =>
          service.checkLeak(contextFor(ctx, signal), request, secret),
        ),
      ),
    checkUntilDead: async (ctx, input, { forMs, signal, onChecked }) => {
      const ending = joinSignals(signal, lifecycle.draining);
      try {
        const { ended, checks, last } = await withPasted(input, (request, secret) =>
          service.checkLeakUntilDead(contextFor(ctx, ending.signal), request, secret, {
            forMs: Math.min(forMs, LONGEST_MS),
            onChecked: (check, next) => onChecked?.(noted(check), next),
          }),
        );
        return { ended, checks, last: noted(last) };
      } finally {
        ending.dispose();
      }
    },
  };
};
