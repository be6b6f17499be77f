import type {
  ChoiceMade,
  EnvelopedEvent,
  KeyId,
  Pin,
  ProjectId,
  RunId,
  Vendor,
  WorkspaceId,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
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

const pinnedBy = (events: ReadonlyArray<EnvelopedEvent>, runId: RunId): PinFacts | null =>
  events
    .flatMap(({ event }) => (event.type === 'RunKeyPinned' && event.data.runId === runId ? event.data : []))
    .at(-1) ?? null;

/** The pin that the command made, or found where its batch began or before it in the batch. */
const pinInBatch = ({ events, batch, written }: Handled, runId: RunId): PinFacts | null => {
  if (written === null) return pinnedBy(events, runId);
  return pinnedBy(batch.events, runId) ?? batch.before.openPins.get(runId) ?? null;
};

/** What the command itself recorded of the run: needed when the run has ended since, in the same batch or before. */
const recordedPin = async (
  repository: Pick<KeyringRepository, 'newest'>,
  workspaceId: WorkspaceId,
  handled: Handled,
  runId: RunId,
): Promise<E.Either<Fault, PinFacts | null>> => {
  const { events, revision } = handled;
  const leaseUntil = events.flatMap(({ event }) =>
    (event.type === 'RunKeyPinned' || event.type === 'RunKeyResumed') && event.data.runId === runId
      ? [event.data.leaseUntil]
      : [],
  )[0];
  if (leaseUntil === undefined || revision === null) return E.right(null);
  const known = pinInBatch(handled, runId);
  if (known !== null) return E.right({ ...known, leaseUntil });
  const pinned = await repository.newest(workspaceId, revision, (event) =>
    event.type === 'RunKeyPinned' && event.data.runId === runId ? event.data : null,
  )();
  if (E.isLeft(pinned)) return pinned;
  return E.right(pinned.right === null ? null : { ...pinned.right, leaseUntil });
};

/** The run's pin as the handled command left it, or as it was then when the run has ended since. */
export const runPinAfter =
  (
    repository: Pick<KeyringRepository, 'newest'>,
    workspaceId: WorkspaceId,
    handled: Handled,
    runId: RunId,
  ): TaskEither<Fault, RunPin> =>
  async () => {
    const open = handled.keyring.openPins.get(runId);
    const pin =
      open === undefined ? await recordedPin(repository, workspaceId, handled, runId) : E.right(open);
    if (E.isLeft(pin)) return pin;
    const key = pin.right === null ? undefined : handled.keyring.keys.get(pin.right.keyId);
    if (pin.right === null || key === undefined) {
      return E.left(new ServiceFault('defect', `Run ${runId} was handled and has no pin. Report it.`));
    }
    const { projectId, keyId, vendor, choice, leaseUntil } = pin.right;
    const { last4 } = key;
    return E.right({ runId, projectId, keyId, vendor, last4, choice, leaseUntil, ...writeResultOf(handled) });
  };
