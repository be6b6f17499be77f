import * as E from 'fp-ts/Either';
import { constVoid, pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import { fingerprintOf } from './fingerprint';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { openDataKey, openSecret, openWorkspaceKey } from './hierarchy';
import type { Unsealed } from './release';
import { inconsistentWhereTampered, rereading } from './rereading';
import { frozen, missing, tampered, tamperedWorkspaceKey } from './rowFaults';
import { Secret } from './secret';
import type { SealedRow, StoredWorkspaceKey, VaultStorage } from './storage';
import type { KeyBinding } from './vault';

/** A row that may be opened, with all that it takes. */
interface Openable {
  readonly row: SealedRow;
  readonly sealedDataKey: Uint8Array;
  readonly workspaceKey: StoredWorkspaceKey;
}

const find = (
  storage: Pick<VaultStorage, 'read' | 'readWorkspaceKey'>,
  binding: KeyBinding,
): TE.TaskEither<VaultFault, Openable> =>
  pipe(
    TE.Do,
    TE.bind('row', () => pipe(storage.read(binding), TE.chain(TE.fromNullable(missing(binding))))),
    TE.filterOrElse(
      ({ row }) => row.state === 'live',
      () => frozen(binding),
    ),
    TE.filterOrElse(
      ({ row }) => row.fingerprint === binding.fingerprint,
      () => tampered(binding),
    ),
    TE.bind('sealedDataKey', ({ row }) => TE.fromNullable(missing(binding))(row.sealedDataKey)),
    TE.bind('workspaceKey', () =>
      pipe(
        storage.readWorkspaceKey(binding.workspaceId),
        TE.chain(TE.fromNullable(tamperedWorkspaceKey(binding.workspaceId))),
      ),
    ),
  );

/** A secret that is what the event log says, the fingerprint computed anew; null when it is not. */
const readSecret = (held: HeldKeys, binding: KeyBinding, bytes: Uint8Array): Secret | null =>
  fingerprintOf(held.get().pepper, binding.workspaceId, bytes) === binding.fingerprint
    ? pipe(
        Secret.from(bytes),
        E.getOrElse((): Secret | null => null),
      )
    : null;

/** While workspace keys are renewed, a data key is under the workspace's key or under its successor. */
const dataKeyOf = (held: HeldKeys, binding: KeyBinding, found: Openable): Buffer => {
  const { workspaceSealing, deploymentId } = held.get();
  const { sealed, successor } = found.workspaceKey;
  for (const stored of successor === null ? [sealed] : [sealed, successor]) {
    const workspaceKey = openWorkspaceKey(workspaceSealing, deploymentId, binding.workspaceId, stored);
    if (workspaceKey === null) {
      throw tamperedWorkspaceKey(binding.workspaceId);
    }
    const dataKey = openDataKey(workspaceKey, deploymentId, binding, found.sealedDataKey);
    workspaceKey.fill(0);
    if (dataKey !== null) {
      return dataKey;
    }
  }
  throw tampered(binding);
};

const openRow = (held: HeldKeys, binding: KeyBinding, found: Openable): Secret => {
  const dataKey = dataKeyOf(held, binding, found);
  const { deploymentId } = held.get();
  try {
    const secret = openSecret(dataKey, deploymentId, binding, found.row.sealedSecret, (bytes) =>
      readSecret(held, binding, bytes),
    );
    if (secret === null) {
      throw tampered(binding);
    }
    return secret;
  } finally {
    dataKey.fill(0);
  }
};

/** Unseals a row for what the event log says of it. Nothing that was unsealed stays but the secret itself. */
export const unsealer =
  (held: HeldKeys, storage: Pick<VaultStorage, 'markNamed' | 'read' | 'readWorkspaceKey' | 'stateOf'>) =>
  (binding: KeyBinding): TE.TaskEither<VaultFault, Unsealed> =>
    rereading(
      held,
      pipe(
        find(storage, binding),
        TE.chainW((found) =>
          inconsistentWhereTampered(
            guarded(() => ({
              secret: openRow(held, binding, found),
              state: storage.stateOf(binding, found.row.dataKeyId),
              // One that can't be told now is told by the next release, or by a sweep.
              markNamed: found.row.named
                ? T.of(undefined)
                : pipe(storage.markNamed(binding), TE.match(constVoid, constVoid)),
            })),
          ),
        ),
      ),
    );
