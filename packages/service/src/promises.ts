import type { Refusal } from '@keyturn/domain';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { CallContext } from './context';
import { isRefusal, type Failure, type Fault } from './failure';
import type { Keyturn } from './keyturn';
import type { RunPin } from './runPin';
import type { ResumeRunRequest, StartRunRequest } from './runRequests';

/**
 * What the promise form rejects with: the refusal (a rule says no; its message says what to do) or the fault
 * (something is broken) that the `TaskEither` form gives as its left side. Exactly one of them is not null.
 */
export class KeyturnError extends Error {
  readonly refusal: Refusal | null;
  readonly fault: Fault | null;
  constructor(failure: Failure) {
    super(failure.message, isRefusal(failure) ? undefined : { cause: failure });
    this.name = 'KeyturnError';
    this.refusal = isRefusal(failure) ? failure : null;
    this.fault = isRefusal(failure) ? null : failure;
  }
}

/**
 * The promise of a `TaskEither` whose left side is an error, such as those that open stores and vaults: rejects with
 * it.
 *
 * @example
 * const eventStore = await promiseOf(openSqliteEventStore({ file }));
 */
export const promiseOf = async <A>(task: TE.TaskEither<Error, A>): Promise<A> => {
  const result = await task();
  if (E.isLeft(result)) throw result.left;
  return result.right;
};

/** What the caller's own function rejected with: passed on as it is. */
interface UseRejected {
  readonly useRejected: unknown;
}

const isUseRejected = (left: Failure | UseRejected): left is UseRejected => 'useRejected' in left;

const settled = async <A>(task: TE.TaskEither<Failure | UseRejected, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw isUseRejected(result.left) ? result.left.useRejected : new KeyturnError(result.left);
};

const promised =
  <Args extends ReadonlyArray<unknown>, A>(useCase: (...args: Args) => TE.TaskEither<Failure, A>) =>
  async (...args: Args): Promise<A> =>
    settled(useCase(...args));

type UseSecretAsync<A> = (secret: Secret, pin: RunPin) => Promise<A>;

const used =
  <A>(use: UseSecretAsync<A>) =>
  (secret: Secret, pin: RunPin): TE.TaskEither<UseRejected, A> =>
    TE.tryCatch(
      () => use(secret, pin),
      (useRejected) => ({ useRejected }),
    );

/**
 * The same use cases for those who do not use fp-ts: promises that reject with {@link KeyturnError}.
 *
 * @example
 * const keyturn = withPromises(makeKeyturn(options));
 * try {
 *   await keyturn.setDefault(context, { keyId });
 * } catch (error) {
 *   if (error instanceof KeyturnError && error.refusal !== null) show(error.refusal.message);
 *   else throw error;
 * }
 */
export const withPromises = (keyturn: Keyturn) => ({
  addKey: promised(keyturn.addKey),
  validateKey: promised(keyturn.validateKey),
  setDefault: promised(keyturn.setDefault),
  clearProjectDefault: promised(keyturn.clearProjectDefault),
  deleteKey: promised(keyturn.deleteKey),
  hardDeleteKey: promised(keyturn.hardDeleteKey),
  reportLeak: promised(keyturn.reportLeak),
  startRun: promised(keyturn.startRun),
  resumeRun: promised(keyturn.resumeRun),
  finishRun: promised(keyturn.finishRun),
  expireRuns: promised(keyturn.expireRuns),
  history: promised(keyturn.history),
  foresee: {
    addKey: promised(keyturn.foresee.addKey),
    validateKey: promised(keyturn.foresee.validateKey),
    setDefault: promised(keyturn.foresee.setDefault),
    clearProjectDefault: promised(keyturn.foresee.clearProjectDefault),
    deleteKey: promised(keyturn.foresee.deleteKey),
    hardDeleteKey: promised(keyturn.foresee.hardDeleteKey),
    reportLeak: promised(keyturn.foresee.reportLeak),
    startRun: promised(keyturn.foresee.startRun),
    startRunWithSecret: promised(keyturn.foresee.startRunWithSecret),
    resumeRun: promised(keyturn.foresee.resumeRun),
    resumeRunWithSecret: promised(keyturn.foresee.resumeRunWithSecret),
    finishRun: promised(keyturn.foresee.finishRun),
    expireRuns: promised(keyturn.foresee.expireRuns),
  },
  sweep: promised(keyturn.sweep),
  sweepUntil: keyturn.sweepUntil,
  settled: keyturn.settled,
  /** Pins a run and hands its secret to `use`; wiped when the promise of `use` has settled. */
  startRunWithSecret: async <A>(
    context: CallContext,
    request: StartRunRequest,
    use: UseSecretAsync<A>,
  ): Promise<A> => settled(keyturn.startRunWithSecret(context, request, used(use))),
  /** Takes a run over and hands its secret to `use`; wiped when the promise of `use` has settled. */
  resumeRunWithSecret: async <A>(
    context: CallContext,
    request: ResumeRunRequest,
    use: UseSecretAsync<A>,
  ): Promise<A> => settled(keyturn.resumeRunWithSecret(context, request, used(use))),
});
