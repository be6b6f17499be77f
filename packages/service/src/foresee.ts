import { runAlreadyOpen, type CommandBody } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { withAddCommand, type AddCommandParts, type AddKeyRequest } from './addKeyCommand';
import type { CallContext, CommandWith } from './context';
import { clearProjectDefaultCommand, setDefaultCommand } from './defaults';
import type { ClearProjectDefaultRequest, SetDefaultRequest } from './defaults';
import { deleteKeyCommand, hardDeleteKeyCommand } from './deleteKey';
import type { DeleteKeyRequest, HardDeleteKeyRequest } from './deleteKey';
import { makeForeseeLeaks } from './leak/leakUseCases';
import type { Failure } from './failure';
import type { Foreseen, Foresight } from './foresight';
import { relabelKeyCommand, setKeyExpiryCommand } from './keyDetails';
import type { RelabelKeyRequest, SetKeyExpiryRequest } from './keyDetails';
import type { RateLimit } from './rateLimit';
import { expireRunsCommand, finishRunCommand, resumeRunCommand, startRunCommand } from './runCommands';
import type { ExpiryParts } from './runCommands';
import type { FinishRunRequest, ResumeRunRequest, StartRunRequest } from './runRequests';
import { nextOf } from './systemCommand';
import { validateKeyCommand, type ValidateKeyRequest } from './validateKey';

export interface ForeseeParts extends AddCommandParts, ExpiryParts {
  readonly foresight: Foresight;
  readonly rateLimit: Pick<RateLimit, 'room'>;
}

/**
 * What each act would record if it were sent now: asked, checked and refused as the act itself, and decided on the
 * stream's newest state. Nothing is appended, sealed, frozen or counted, and no vendor is called.
 *
 * Told is the command alone. What follows from it (a test call's outcome, the proof that a secret is destroyed) is not
 * known before. An added key's id, and the events' times, are made anew when the command is sent.
 */
export const makeForesee = (parts: ForeseeParts) => {
  const { foresight, rateLimit } = parts;

  const foreseen =
    (asked: TaskEither<Failure, CommandWith<CommandBody>>): TaskEither<Failure, Foreseen> =>
    async () => {
      const command = await asked();
      return E.isLeft(command) ? command : foresight(command.right)();
    };

  return {
    addKey: (context: CallContext, request: AddKeyRequest) =>
      withAddCommand(parts, context, request, rateLimit.room, (command) => foresight(command)()),
    validateKey: (context: CallContext, request: ValidateKeyRequest) =>
      foreseen(validateKeyCommand(parts, context, request, rateLimit.room)),
    relabelKey: (context: CallContext, request: RelabelKeyRequest) =>
      foreseen(relabelKeyCommand(parts, context, request)),
    setKeyExpiry: (context: CallContext, request: SetKeyExpiryRequest) =>
      foreseen(setKeyExpiryCommand(parts, context, request)),
    setDefault: (context: CallContext, request: SetDefaultRequest) =>
      foreseen(setDefaultCommand(parts, context, request)),
    clearProjectDefault: (context: CallContext, request: ClearProjectDefaultRequest) =>
      foreseen(clearProjectDefaultCommand(parts, context, request)),
    deleteKey: (context: CallContext, request: DeleteKeyRequest) =>
      foreseen(deleteKeyCommand(parts, context, request)),
    hardDeleteKey: (context: CallContext, request: HardDeleteKeyRequest) =>
      foreseen(hardDeleteKeyCommand(parts, context, request)),
    ...makeForeseeLeaks(parts),
    startRun: (context: CallContext, request: StartRunRequest) =>
      foreseen(startRunCommand(parts, context, request, { withSecret: false })),
    /** A run that is open already would be taken over; with `onlyNew`, refused. */
    startRunWithSecret: (context: CallContext, request: StartRunRequest): TaskEither<Failure, Foreseen> => {
      const asked = startRunCommand(parts, context, request, { withSecret: true });
      return async () => {
        const command = await asked();
        if (E.isLeft(command)) return command;
        const started = await foresight(command.right)();
        if (E.isLeft(started) || started.right.events.length > 0) return started;
        const { runId, leaseSeconds } = command.right.body;
        if (request.onlyNew === true) return E.left(runAlreadyOpen(runId));
        return foresight(nextOf(command.right, parts.clock(), { type: 'ResumeRun', runId, leaseSeconds }))();
      };
    },
    resumeRun: (context: CallContext, request: ResumeRunRequest) =>
      foreseen(resumeRunCommand(parts, context, request, { withSecret: false })),
    resumeRunWithSecret: (context: CallContext, request: ResumeRunRequest) =>
      foreseen(resumeRunCommand(parts, context, request, { withSecret: true })),
    finishRun: (context: CallContext, request: FinishRunRequest) =>
      foreseen(finishRunCommand(parts, context, request)),
    expireRuns: (context: CallContext) => foreseen(expireRunsCommand(parts, context)),
  };
};
