import type { CommandBody, Refusal } from '@keyturn/domain';
import type * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { authorised, type Action, type ImpliedEffect } from './authorization';
import { callerOf, commandOf, type CallContext, type Caller, type CommandWith } from './context';
import { isRefusal, type Failure } from './failure';
import type { UseCaseParts } from './useCaseParts';

type Asking = Pick<UseCaseParts, 'authorize' | 'clock' | 'log'>;

/** Checks who calls, then asks the hook; nothing of the request is looked at before its yes. */
export const permitted = (
  parts: Asking,
  context: CallContext,
  action: Action,
  impliedEffects: ReadonlyArray<ImpliedEffect>,
): TE.TaskEither<Failure, Caller> =>
  pipe(
    TE.fromEither<Failure, Caller>(callerOf(context, parts.clock())),
    TE.chainFirst(({ actor, workspaceId }) =>
      pipe(
        authorised(parts.authorize)({ actor, workspaceId, action, impliedEffects }),
        TE.mapLeft((failure: Failure) => {
          const facts = { workspaceId, action, code: failure.code };
          if (isRefusal(failure)) parts.log.info(facts, 'not permitted');
          else parts.log.warn(facts, 'authorisation failed');
          return failure;
        }),
      ),
    ),
  );

/** The permitted caller's command, from a request that is decoded only then. */
export const commanded = <B extends CommandBody>(
  parts: Asking,
  context: CallContext,
  action: Action,
  impliedEffects: ReadonlyArray<ImpliedEffect>,
  body: () => E.Either<Refusal, B>,
): TE.TaskEither<Failure, CommandWith<B>> =>
  pipe(
    permitted(parts, context, action, impliedEffects),
    TE.chain((caller) =>
      pipe(
        TE.fromEither<Failure, B>(body()),
        TE.map((checked) => commandOf(caller, parts.clock(), checked)),
      ),
    ),
  );
