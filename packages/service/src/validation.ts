import type { KeyId, KeyringEvent, ValidationOutcome } from '@keyturn/domain';
import type { Secret } from '@keyturn/vault';
import type { Prober, ProbeResult, ProbeTarget } from '@keyturn/vendors';
import type { Task } from 'fp-ts/Task';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Sent } from './context';
import type { Failure } from './failure';
import type { ServiceLog } from './options';
import { nextOf } from './systemCommand';
import type { CommandHandler, Handled } from './commandHandler';
import type { KeyringRepository } from './keyringRepository';

/** What test calls are made and recorded with. */
export interface TestCallParts {
  readonly prober: Prober;
  readonly handler: Pick<CommandHandler, 'handle'>;
  readonly repository: Pick<KeyringRepository, 'foldPages'>;
  readonly clock: () => number;
  readonly log: ServiceLog;
}

const outcomeOf = ({ verdict, callStartedAt, evidence }: ProbeResult): ValidationOutcome => ({
  ...verdict,
  callStartedAt,
  evidence,
});

/**
 * One test call with a secret that is open already. Where the signal aborts, it ends with what is known by then. The
 * log is told of one that went elsewhere than to the vendor: what was answered there is not its word.
 */
export const testCall = (
  { prober, log }: Pick<TestCallParts, 'prober' | 'log'>,
  { actor, workspaceId, commandId }: Sent,
  { vendor, endpoint, region, model = null }: ProbeTarget,
  secret: Secret,
  signal?: AbortSignal,
): Task<ValidationOutcome> => {
  const probe = secret.use((bytes) => prober.probe({ vendor, endpoint, region, model }, bytes, signal));
  return async () => {
    const outcome = outcomeOf(await probe());
    if (outcome.evidence.endpointOverride !== undefined) {
      log.warn(
        { actor, workspaceId, commandId, vendor, code: 'endpoint-override' },
        "a test call went to an override of the vendor's endpoint",
      );
    }
    return outcome;
  };
};

/** Records what a test call came to, as the next step of the command that asked for it. */
export const recordOutcome = (
  { handler, clock }: Pick<TestCallParts, 'handler' | 'clock'>,
  cause: Sent,
  keyId: KeyId,
  outcome: ValidationOutcome,
): TaskEither<Failure, Handled> =>
  handler.handle(nextOf(cause, clock(), { type: 'RecordValidation', keyId, outcome }));

const recordedAs = ({ type, data }: KeyringEvent): ValidationOutcome | null => {
  switch (type) {
    case 'KeyValidated':
      return {
        kind: 'accepted',
        condition: data.condition,
        callStartedAt: data.callStartedAt,
        evidence: data.evidence,
      };
    case 'KeyValidationFailed':
      return {
        kind: 'failed',
        reason: data.reason,
        callStartedAt: data.callStartedAt,
        evidence: data.evidence,
      };
    case 'KeyValidationInconclusive':
      return {
        kind: 'inconclusive',
        reason: data.reason,
        callStartedAt: data.callStartedAt,
        evidence: data.evidence,
      };
    default:
      return null;
  }
};

/** What the test calls of a command that was handled before came to, oldest first, as far as that was recorded. */
export const recordedOutcomes = (
  { repository }: Pick<TestCallParts, 'repository'>,
  { workspaceId, commandId }: Sent,
  { revision }: Handled,
): TaskEither<Failure, ReadonlyArray<ValidationOutcome>> =>
  repository.foldPages<ReadonlyArray<ValidationOutcome>>(
    workspaceId,
    { revision: revision ?? -1, chain: null },
    [],
    (outcomes, events) => [
      ...outcomes,
      ...events.flatMap(
        ({ event, envelope }) => (envelope.causationId === commandId ? recordedAs(event) : null) ?? [],
      ),
    ],
  );
