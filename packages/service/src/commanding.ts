import type { CommandBody, Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import { authorised, type AuthorizationRequest, type Authorize, type Question } from './authorization';
import { unlessCancelled } from './cancellation';
import {
  callerOf,
  commandOf,
  contextOnce,
  NOTHING_KNOWN,
  type CallContext,
  type Caller,
  type CommandWith,
} from './context';
import { isRefusal, type Failure } from './failure';
import { givenOnce, type MembersOf } from './given';
import type { ServiceLog } from './options';

/** What it takes to ask the hook and to log its answer. */
export interface Asking {
  readonly authorize: Authorize;
  readonly log: ServiceLog;
}

/** What it takes to make a permitted command. */
export interface Commanding extends Asking {
  readonly clock: () => number;
}

/** Asks the hook, unless the caller has cancelled the call, before or meanwhile. Logs a no. */
export const askedFor = async (
  { authorize, log }: Asking,
  request: AuthorizationRequest,
  signal: AbortSignal | undefined,
): Promise<E.Either<Failure, void>> => {
  const cancelledBefore = unlessCancelled(signal);
  if (E.isLeft(cancelledBefore)) return cancelledBefore;
  const answer = await authorised(authorize)(request)();
  if (E.isRight(answer)) return unlessCancelled(signal);
  const { actor, workspaceId, action } = request;
  const facts = { actor, workspaceId, action, code: answer.left.code };
  if (isRefusal(answer.left)) log.info(facts, 'not permitted');
  else log.warn(facts, 'authorisation failed');
  return answer;
};

/**
 * Checks who calls, then asks the hook; nothing of the request is acted on before its yes.
 *
 * The caller's ids and time of issue are fixed when the task is made, so that running it again is the same command
 * again.
 */
export const permitted = (
  parts: Commanding,
  context: CallContext,
  question: Question,
): TaskEither<Failure, Caller> => {
  const caller = callerOf(context, parts.clock());
  if (E.isLeft(caller)) return TE.left(caller.left);
  let runs = 0;
  const asking: Caller = {
    ...caller.right,
    // Run again, it is a command that was sent before: of a run that is still on its way, too, which may come second.
    unhandledUpTo: () => (runs > 1 ? NOTHING_KNOWN : caller.right.unhandledUpTo()),
  };
  return async () => {
    runs += 1;
    const { actor, workspaceId, signal } = asking;
    const answer = await askedFor(parts, { actor, workspaceId, ...question }, signal);
    return E.isLeft(answer) ? answer : E.right(asking);
  };
};

/** A task on a call context that is read once, for who looks at it more than once, or of its refusal. */
export const withContext = <L, A>(
  given: CallContext,
  use: (context: CallContext) => TaskEither<L | Failure, A>,
): TaskEither<L | Failure, A> => {
  const context = contextOnce(given);
  return E.isLeft(context) ? TE.left(context.left) : use(context.right);
};

/** A task on a request that is read once, or of the refusal of one that is none. */
export const withRequest = <R extends object, L, A>(
  given: R,
  members: MembersOf<R>,
  use: (request: R) => TaskEither<L | Failure, A>,
): TaskEither<L | Failure, A> => {
  const request = givenOnce('request', given, members);
  return E.isLeft(request) ? TE.left(request.left) : use(request.right);
};

/** The permitted caller's command, from a request that is decoded only then. */
export const commanded = <B extends CommandBody>(
  parts: Commanding,
  context: CallContext,
  question: Question,
  body: () => E.Either<Refusal, B>,
): TaskEither<Failure, CommandWith<B>> => {
  const asking = permitted(parts, context, question);
  return async () => {
    const caller = await asking();
    if (E.isLeft(caller)) return caller;
    const checked = body();
    return E.isLeft(checked) ? checked : E.right(commandOf(caller.right, parts.clock(), checked.right));
  };
};
