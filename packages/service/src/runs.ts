import { runAlreadyOpen, type Command, type CommandBody, type RunId } from '@keyturn/domain';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { CommandHandler, Handled } from './commandHandler';
import { withContext, withRequest } from './commanding';
import type { CallContext, CommandWith } from './context';
import type { DeletionHandler, HandledDeletion } from './deletionHandler';
import type { Destruction } from './destroy';
import type { Failure } from './failure';
import type { KeyringRepository } from './keyringRepository';
import type { Release } from './release';
import {
  expireRunsCommand,
  finishRunCommand,
  resumeRunCommand,
  startRunCommand,
  type ExpiryParts,
} from './runCommands';
import { runPinAfter, type RunPin } from './runPin';
import { START, type FinishRunRequest, type ResumeRunRequest, type StartRunRequest } from './runRequests';
import { nextOf } from './systemCommand';
import { writeResultOf, type WriteResult } from './writeResult';

export interface RunsReleased extends WriteResult {
  /** The runs that this call ended; empty when there was nothing to end. */
  readonly released: ReadonlyArray<RunId>;
  /** Retired keys whose last run was among them. */
  readonly destructions: ReadonlyArray<Destruction>;
}

/** What a run does with its key. The secret is wiped when the returned task has ended. */
export type UseSecret<E, A> = (secret: Secret, pin: RunPin) => TaskEither<E, A>;

/** Whoever uses a run's secret is told of what comes before it. */
export interface UseWatch {
  /** This call has pinned the run: it was not open before, and is its caller's to finish, even if no secret comes. */
  readonly onPinned?: () => void;
}

type PinCommand = CommandWith<Extract<CommandBody, { readonly type: 'StartRun' | 'ResumeRun' }>>;

const releasedRuns = (handled: Handled): ReadonlyArray<RunId> =>
  handled.events.flatMap(({ event }) => (event.type === 'RunKeyReleased' ? [event.data.runId] : []));

const releasedBy = ({ handled, destructions }: HandledDeletion): RunsReleased => ({
  released: releasedRuns(handled),
  destructions,
  ...writeResultOf(handled),
});

export interface RunParts extends ExpiryParts {
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly handleDeletion: DeletionHandler;
  readonly release: Release;
  readonly repository: Pick<KeyringRepository, 'newest' | 'storeTime'>;
}

export const makeRunUseCases = (parts: RunParts) => {
  const { clock, handler, handleDeletion, release, repository } = parts;

  const pinned =
    (asked: TaskEither<Failure, PinCommand>): TaskEither<Failure, RunPin> =>
    async () => {
      const command = await asked();
      if (E.isLeft(command)) return command;
      const { workspaceId, body } = command.right;
      const handled = await handler.handle(command.right)();
      return E.isLeft(handled) ? handled : runPinAfter(repository, workspaceId, handled.right, body.runId)();
    };

  const releasedTo =
    <F, A>(
      asked: TaskEither<Failure, PinCommand>,
      use: UseSecret<F, A>,
      { signal }: Pick<CallContext, 'signal'>,
      { onPinned }: UseWatch,
      { onlyNew = false }: Pick<StartRunRequest, 'onlyNew'> = {},
    ): TaskEither<Failure | F, A> =>
    async () => {
      const command = await asked();
      if (E.isLeft(command)) return command;
      const first = command.right;
      const { runId, leaseSeconds } = first.body;
      const again = ({ written }: Handled): TaskEither<Failure, Command> =>
        onlyNew && written === null
          ? TE.left(runAlreadyOpen(runId))
          : TE.right(nextOf(first, clock(), { type: 'ResumeRun', runId, leaseSeconds }));
      const onRecorded = ({ events }: Handled): void => {
        if (events.some(({ event }) => event.type === 'RunKeyPinned')) onPinned?.();
      };
      return release<Failure | F, A>(
        { first, again, signal, onRecorded },
        (secret, { handled }) =>
          async () => {
            const pin = await runPinAfter(repository, first.workspaceId, handled, runId)();
            return E.isLeft(pin) ? pin : use(secret, pin.right)();
          },
      )();
    };

  const ended =
    (
      asked: TaskEither<Failure, CommandWith<Extract<CommandBody, { type: 'FinishRun' | 'ExpireRuns' }>>>,
    ): TaskEither<Failure, RunsReleased> =>
    async () => {
      const command = await asked();
      if (E.isLeft(command)) return command;
      const handled = await handleDeletion(command.right)();
      return E.isLeft(handled) ? handled : E.right(releasedBy(handled.right));
    };

  return {
    /**
     * Pins a run to its key. The same run id with the same request again gives the same pin.
     *
     * Refuses `no-key-on-file`, `no-default`, `default-not-active`, `unknown-key`, `key-not-active`,
     * `vendor-has-no-active-key`, `vendor-is-ambiguous`, `lease-out-of-range`, `too-many-open-runs`,
     * `run-already-pinned`, `run-already-ended`, `run-interrupted`.
     */
    startRun: (context: CallContext, request: StartRunRequest): TaskEither<Failure, RunPin> =>
      pinned(startRunCommand(parts, context, request, { withSecret: false })),

    /**
     * Pins a run and opens its key for `use`: for as long as `use` runs, and never without the pin in the log first.
     * Refuses what `startRun` does, and with `onlyNew` also `run-already-open`; `run-interrupted` too when the key is
     * hard-deleted before it is handed over. Vault faults: `frozen` while a hard delete is under way, `missing-secret`,
     * `tampered`, `release-too-late`.
     *
     * A run that is open already is taken over: on a new RunKeyResumed, with the key that it has.
     */
    startRunWithSecret: <F, A>(
      context: CallContext,
      request: StartRunRequest,
      use: UseSecret<F, A>,
      watch: UseWatch = {},
    ): TaskEither<Failure | F, A> =>
      withContext(context, (caller) =>
        withRequest(request, START, (asked) =>
          releasedTo(startRunCommand(parts, caller, asked, { withSecret: true }), use, caller, watch, asked),
        ),
      ),

    /**
     * Another worker takes the run over; may lengthen its lease. Refuses `run-not-open`, `run-already-ended`,
     * `run-interrupted`, `lease-out-of-range`, `lease-exhausted`.
     */
    resumeRun: (context: CallContext, request: ResumeRunRequest): TaskEither<Failure, RunPin> =>
      pinned(resumeRunCommand(parts, context, request, { withSecret: false })),

    /** Takes a run over and opens its key for `use`. Refuses what `resumeRun` does; faults as `startRunWithSecret`. */
    resumeRunWithSecret: <F, A>(
      context: CallContext,
      request: ResumeRunRequest,
      use: UseSecret<F, A>,
    ): TaskEither<Failure | F, A> =>
      withContext(context, (caller) =>
        releasedTo(resumeRunCommand(parts, caller, request, { withSecret: true }), use, caller, {}),
      ),

    /**
     * Ends a run's hold on its key; a retired key whose last run it was is destroyed. A run that is not open needs
     * nothing: `released` is then empty.
     */
    finishRun: (context: CallContext, request: FinishRunRequest): TaskEither<Failure, RunsReleased> =>
      ended(finishRunCommand(parts, context, request)),

    /**
     * Ends the runs whose lease ran out, on the caller's word, a chunk at a time: call again while it released any. On
     * a retired key, which goes with its last run, only leases that are over for ten minutes. Nothing is recorded when
     * there are none. Refuses `clock-departs` when this process's clock is not the event store's.
     */
    expireRuns: (context: CallContext): TaskEither<Failure, RunsReleased> =>
      ended(expireRunsCommand(parts, context)),
  };
};
