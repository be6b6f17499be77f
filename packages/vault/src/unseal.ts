import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import { fingerprintOf } from './fingerprint';
import { guarded, type HeldKeys } from './heldKeys';
import { openDataKey, openSecret, openWorkspaceKey } from './hierarchy';
import type { Unsealed } from './release';
import { frozen, missing, tampered, tamperedWorkspaceKey } from './rowFaults';
import { Secret } from './secret';
import type { SealedRow, VaultStorage } from './storage';
import type { KeyBinding } from './vault';

/** A row that may be opened, with all that it takes. */
interface Openable {
  readonly row: SealedRow;
  readonly sealedDataKey: Uint8Array;
  readonly sealedWorkspaceKey: Uint8Array;
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
    TE.bind('sealedWorkspaceKey', () =>
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

const openRow = (held: HeldKeys, binding: KeyBinding, found: Openable): Secret => {
  const { workspaceSealing, deploymentId } = held.get();
  const workspaceKey = openWorkspaceKey(
    workspaceSealing,
    deploymentId,
    binding.workspaceId,
    found.sealedWorkspaceKey,
  );
  if (workspaceKey === null) {
    throw tamperedWorkspaceKey(binding.workspaceId);
  }
  const dataKey = openDataKey(workspaceKey, deploymentId, binding, found.sealedDataKey);
  workspaceKey.fill(0);
  if (dataKey === null) {
    throw tampered(binding);
  }
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
  (held: HeldKeys, storage: Pick<VaultStorage, 'read' | 'readWorkspaceKey' | 'stateOf'>) =>
  (binding: KeyBinding): TE.TaskEither<VaultFault, Unsealed> =>
    pipe(
      find(storage, binding),
      TE.chain((found) =>
        guarded(() => ({
          secret: openRow(held, binding, found),
          state: storage.stateOf(binding, found.row.dataKeyId),
        })),
      ),
    );
