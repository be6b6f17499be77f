import type { ChoiceMade, KeyId, Pin, ProjectId, RunId, Vendor, WorkspaceId } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Handled } from './commandHandler';
import { ServiceFault, type Fault } from './failure';
import type { KeyringRepository } from './keyringRepository';
import { writeResultOf, type WriteResult } from './writeResult';

/** A run and the one key that it uses until it ends. */
export interface RunPin extends WriteResult {
  readonly runId: RunId;
  readonly projectId: ProjectId | null;
  readonly keyId: KeyId;
  readonly vendor: Vendor;
  readonly last4: string;
  readonly choice: ChoiceMade;
  /** Milliseconds since 1970. */
  readonly leaseUntil: number;
}

type PinFacts = Pick<Pin, 'projectId' | 'keyId' | 'vendor' | 'choice' | 'leaseUntil'>;

/** What the command itself recorded of the run: needed when it was handled before and the run has ended since. */
const recordedPin = (
  repository: Pick<KeyringRepository, 'newest'>,
  workspaceId: WorkspaceId,
  { events, revision }: Handled,
  runId: RunId,
): TE.TaskEither<Fault, PinFacts | null> => {
  const lease = events.flatMap(({ event }) =>
    (event.type === 'RunKeyPinned' || event.type === 'RunKeyResumed') && event.data.runId === runId
      ? [event.data.leaseUntil]
      : [],
  )[0];
  if (lease === undefined || revision === null) return TE.right(null);
  return pipe(
    repository.newest(workspaceId, revision, (event) =>
      event.type === 'RunKeyPinned' && event.data.runId === runId ? event.data : null,
    ),
    TE.map((pinned) => (pinned === null ? null : { ...pinned, leaseUntil: lease })),
  );
};

/** The run's pin as the handled command left it, or as it was then when the run has ended since. */
export const runPinAfter = (
  repository: Pick<KeyringRepository, 'newest'>,
  workspaceId: WorkspaceId,
  handled: Handled,
  runId: RunId,
): TE.TaskEither<Fault, RunPin> => {
  const open = handled.keyring.openPins.get(runId);
  return pipe(
    open === undefined ? recordedPin(repository, workspaceId, handled, runId) : TE.right(open),
    TE.chainEitherK((pin): E.Either<Fault, RunPin> => {
      const key = pin === null ? undefined : handled.keyring.keys.get(pin.keyId);
      if (pin === null || key === undefined) {
        return E.left(new ServiceFault('defect', `Run ${runId} was handled and has no pin. Report it.`));
      }
      const { projectId, keyId, vendor, choice, leaseUntil } = pin;
      const { last4 } = key;
      return E.right({
        runId,
        projectId,
        keyId,
        vendor,
        last4,
        choice,
        leaseUntil,
        ...writeResultOf(handled),
      });
    }),
  );
};
