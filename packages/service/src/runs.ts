import { runAlreadyOpen, type Command, type CommandBody, type RunId } from '@keyturn/domain';
import type { Secret } from '@keyturn/vault';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { ImpliedEffect } from './authorization';
import { commanded, permitted } from './commanding';
import type { Handled } from './commandHandler';
import { commandOf, type CallContext, type CommandWith } from './context';
import type { HandledDeletion } from './deletionHandler';
import type { Destruction } from './destroy';
import type { Failure } from './failure';
import { runPinAfter, type RunPin } from './runPin';
import {
  finishBody,
  resumeBody,
  startBody,
  type FinishRunRequest,
  type ResumeRunRequest,
  type StartRunRequest,
} from './runRequests';
import { nextOf } from './systemCommand';
import type { UseCaseParts } from './useCaseParts';
import { writtenBy, type Written } from './written';

export interface RunsReleased extends Written {
  /** The runs that this call ended; empty when there was nothing to end. */
  readonly released: ReadonlyArray<RunId>;
  /** Retired keys whose last run was among them. */
  readonly destructions: ReadonlyArray<Destruction>;
}

/** What a run does with its key. The secret is wiped when the returned task has ended. */
export type UseSecret<E, A> = (secret: Secret, pin: RunPin) => TE.TaskEither<E, A>;

type PinCommand = CommandWith<Extract<CommandBody, { readonly type: 'StartRun' | 'ResumeRun' }>>;

const releasedRuns = (handled: Handled): ReadonlyArray<RunId> =>
  handled.events.flatMap(({ event }) => (event.type === 'RunKeyReleased' ? [event.data.runId] : []));

const releasedBy = ({ handled, destructions }: HandledDeletion): RunsReleased => ({
  released: releasedRuns(handled),
  destructions,
  ...writtenBy(handled),
});

export const makeRunUseCases = (parts: UseCaseParts) => {
  const { clock, handler, handleDeletion, release, repository } = parts;

  const starting = (context: CallContext, request: StartRunRequest, effects: ReadonlyArray<ImpliedEffect>) =>
    commanded(parts, context, 'StartRun', effects, () => startBody(request));

  const resuming = (context: CallContext, request: ResumeRunRequest, effects: ReadonlyArray<ImpliedEffect>) =>
    commanded(parts, context, 'ResumeRun', effects, () => resumeBody(request));

  const pinnedBy = (command: PinCommand): TE.TaskEither<Failure, RunPin> =>
    pipe(
      handler.handle(command),
      TE.chainW((handled) => runPinAfter(repository, command.workspaceId, handled, command.body.runId)),
    );

  const releasedTo = <F, A>(
    command: PinCommand,
    use: UseSecret<F, A>,
    { onlyNew = false }: Pick<StartRunRequest, 'onlyNew'> = {},
  ): TE.TaskEither<Failure | F, A> => {
    const { runId, leaseSeconds } = command.body;
    const again = ({ written }: Handled): TE.TaskEither<Failure, Command> =>
      onlyNew && written === null
        ? TE.left(runAlreadyOpen(runId))
        : TE.right(nextOf(command, clock(), { type: 'ResumeRun', runId, leaseSeconds }));
    return release<Failure | F, A>({ first: command, again }, (secret, { handled }) =>
      pipe(
        runPinAfter(repository, command.workspaceId, handled, runId),
        TE.chainW((pin) => use(secret, pin)),
      ),
    );
  };

  return {
    /**
     * Pins a run to its key. The same run id with the same request again gives the same pin.
     *
     * Refuses `no-key-on-file`, `no-default`, `default-not-active`, `unknown-key`, `key-not-active`,
     * `vendor-has-no-active-key`, `vendor-is-ambiguous`, `lease-out-of-range`, `too-many-open-runs`,
     * `run-already-pinned`, `run-already-ended`, `run-interrupted`.
     */
    startRun: (context: CallContext, request: StartRunRequest): TE.TaskEither<Failure, RunPin> =>
      pipe(starting(context, request, []), TE.chain(pinnedBy)),

    /**
     * Pins a run and opens its key for `use`: for as long as `use` runs, and never without the pin in the log first.
     * Refuses what `startRun` does, and with `onlyNew` also `run-already-open`; `run-interrupted` too when the key is
     * hard-deleted before it is handed over. Vault faults: `frozen` while a hard delete is under way, `missing-secret`,
     * `tampered`, `release-too-late`.
     *
     * A run that is open already is taken over: on a new RunKeyResumed, with the key that it has.
     */
    startRunWithSecret: <E, A>(
      context: CallContext,
      request: StartRunRequest,
      use: UseSecret<E, A>,
    ): TE.TaskEither<Failure | E, A> =>
      pipe(
        starting(context, request, ['secret-released']),
        TE.chainW((command) => releasedTo(command, use, request)),
      ),

    /**
     * Another worker takes the run over; may lengthen its lease. Refuses `run-not-open`, `run-already-ended`,
     * `run-interrupted`, `lease-out-of-range`, `lease-exhausted`.
     */
    resumeRun: (context: CallContext, request: ResumeRunRequest): TE.TaskEither<Failure, RunPin> =>
      pipe(resuming(context, request, []), TE.chain(pinnedBy)),

    /** Takes a run over and opens its key for `use`. Refuses what `resumeRun` does; faults as `startRunWithSecret`. */
    resumeRunWithSecret: <E, A>(
      context: CallContext,
      request: ResumeRunRequest,
      use: UseSecret<E, A>,
    ): TE.TaskEither<Failure | E, A> =>
      pipe(
        resuming(context, request, ['secret-released']),
        TE.chainW((command) => releasedTo(command, use)),
      ),

    /**
     * Ends a run's hold on its key; a retired key whose last run it was is destroyed. A run that is not open needs
     * nothing: `released` is then empty.
     */
    finishRun: (context: CallContext, request: FinishRunRequest): TE.TaskEither<Failure, RunsReleased> =>
      pipe(
        commanded(parts, context, 'FinishRun', [], () => finishBody(request)),
        TE.chain(handleDeletion),
        TE.map(releasedBy),
      ),

    /**
     * Ends the runs whose lease ran out, a chunk at a time: call again while it released any. Nothing is recorded when
     * there are none. Refuses `clock-departs` when this process's clock is not the event store's.
     */
    expireRuns: (context: CallContext): TE.TaskEither<Failure, RunsReleased> =>
      pipe(
        permitted(parts, context, 'ExpireRuns', []),
        TE.bindTo('caller'),
        TE.bindW('storeTime', () => repository.storeTime),
        TE.chainW(({ caller, storeTime }) =>
          handleDeletion(commandOf(caller, clock(), { type: 'ExpireRuns', now: clock(), storeTime })),
        ),
        TE.map(releasedBy),
      ),
  };
};
