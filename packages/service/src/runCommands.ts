import type { CommandBody } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf, type AuthorizationTarget, type ImpliedEffect } from './authorization';
import { unlessCancelled } from './cancellation';
import { commanded, permitted, withRequest, type Commanding } from './commanding';
import { commandOf, type CallContext, type CommandWith } from './context';
import type { Failure } from './failure';
import { USUAL_GRACE_MS } from './grace';
import type { KeyringRepository } from './keyringRepository';
import {
  FINISH,
  RESUME,
  START,
  finishBody,
  withPlainChoice,
  resumeBody,
  startBody,
  type FinishRunRequest,
  type ResumeRunRequest,
  type StartRunRequest,
} from './runRequests';

type RunCommand<T extends CommandBody['type']> = CommandWith<Extract<CommandBody, { readonly type: T }>>;

/** What the command of an expiry is made with. */
export interface ExpiryParts extends Commanding {
  readonly repository: Pick<KeyringRepository, 'storeTime'>;
}

/** Which of a run's commands also hands its secret out. */
export interface WithSecret {
  readonly withSecret: boolean;
}

const effectsOf = ({ withSecret }: WithSecret): ReadonlyArray<ImpliedEffect> =>
  withSecret ? ['secret-released'] : [];

const startTarget = ({ runId, projectId, choice }: StartRunRequest): AuthorizationTarget =>
  targetOf({
    runId,
    projectId,
    keyId: choice?.kind === 'key' ? choice.keyId : undefined,
    vendor: choice?.kind === 'vendor' ? choice.vendor : undefined,
  });

export const startRunCommand = (
  parts: Commanding,
  context: CallContext,
  given: StartRunRequest,
  how: WithSecret,
): TaskEither<Failure, RunCommand<'StartRun'>> =>
  withRequest(given, START, (once) => {
    const request = withPlainChoice(once);
    if (E.isLeft(request)) return TE.left(request.left);
    return commanded(
      parts,
      context,
      { action: 'StartRun', impliedEffects: effectsOf(how), target: startTarget(request.right) },
      () => startBody(request.right),
    );
  });

export const resumeRunCommand = (
  parts: Commanding,
  context: CallContext,
  given: ResumeRunRequest,
  how: WithSecret,
): TaskEither<Failure, RunCommand<'ResumeRun'>> =>
  withRequest(given, RESUME, (request) =>
    commanded(
      parts,
      context,
      { action: 'ResumeRun', impliedEffects: effectsOf(how), target: targetOf({ runId: request.runId }) },
      () => resumeBody(request, !how.withSecret),
    ),
  );

export const finishRunCommand = (
  parts: Commanding,
  context: CallContext,
  given: FinishRunRequest,
): TaskEither<Failure, RunCommand<'FinishRun'>> =>
  withRequest(given, FINISH, (request) =>
    commanded(
      parts,
      context,
      { action: 'FinishRun', impliedEffects: [], target: targetOf({ runId: request.runId }) },
      () => finishBody(request),
    ),
  );

export const expireRunsCommand = (
  parts: ExpiryParts,
  context: CallContext,
): TaskEither<Failure, RunCommand<'ExpireRuns'>> => {
  const asked = permitted(parts, context, { action: 'ExpireRuns', impliedEffects: [], target: {} });
  return async () => {
    const caller = await asked();
    if (E.isLeft(caller)) return caller;
    const storeTime = await parts.repository.storeTime();
    if (E.isLeft(storeTime)) return storeTime;
    const cancelled = unlessCancelled(caller.right.signal);
    if (E.isLeft(cancelled)) return cancelled;
    const now = parts.clock();
    return E.right(
      commandOf(caller.right, now, {
        type: 'ExpireRuns',
        now,
        storeTime: storeTime.right,
        lapse: { kind: 'told', graceMs: USUAL_GRACE_MS },
      }),
    );
  };
};
